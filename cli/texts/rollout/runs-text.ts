import { createColors } from "picocolors";
import { visible } from "../../../language/problem";
import { tableCell } from "../../../operations/ci/comment";
import type { JobRun, RunsReport } from "../../../operations/rollout/runs";
import { type Cell, table } from "../../shared/table";
import type { Terminal } from "../../shared/terminal";
import { heldLines } from "./held-text";
import { shortTime } from "./next-text";

const MARKS: Readonly<Record<JobRun["result"], string>> = {
  ...{ succeeded: "✔", healthy: "✔", failed: "✘", unhealthy: "✘" },
  ...{ inconclusive: "?", died: "?", running: "…" },
};

const LEGEND = "✔ succeeded, ✘ failed, ? unknown, … running. The latest run is first.";

/** Returns clusters with the last runs of their jobs, one mark for each run. */
export function runsText({ clusters, held }: RunsReport, terminal: Terminal): string {
  const lines = heldLines(held).map((line) => `Held: ${line}`);
  return [runsTable(clusters, terminal), ...lines].join("\n");
}

function runsTable(clusters: RunsReport["clusters"], terminal: Terminal): string {
  const { green, red, yellow } = createColors(terminal.colours);
  const paints = { "✔": green, "✘": red } as Readonly<Record<string, (text: string) => string>>;
  const hasRuns = clusters.some(({ jobs }) => jobs.length > 0);
  if (!hasRuns)
    return table(
      ["cluster", "wave", "release", "decision", "why"],
      clusters.map(({ cluster, decision, release, wave, why }) => [
        ...[cluster, wave, release, decision],
        shortTime(visible(why)),
      ]),
      terminal,
    );
  const rows = clusters.flatMap(({ cluster, decision, jobs }): Cell[][] =>
    jobs.map(({ job, runs }, index) => {
      const [last] = runs;
      const mark = last === undefined ? "" : MARKS[last.result];
      return [
        index === 0 ? cluster : "",
        index === 0 ? decision : "",
        job,
        { text: runs.map(({ result }) => MARKS[result]).join(""), paint: paints[mark] ?? yellow },
        last === undefined ? "never" : lastText(last),
      ];
    }),
  );
  return `${table(["cluster", "decision", "job", "runs", "last"], rows, terminal)}\n${LEGEND}`;
}

function lastText({ at, by, detail, release, result }: JobRun): string {
  const why = detail === "" ? "" : `: ${visible(detail)}`;
  return `${result} ${shortTime(at)}, ${release}, ${visible(by)}${why}`;
}

/** Returns the same table for the summary of a run. Each mark links to its run. */
export function runsMarkdown({ clusters, held, now }: RunsReport): string {
  const rows = clusters.flatMap(({ cluster, decision, jobs, release }) =>
    jobs.length === 0
      ? [`| ${cluster} | ${release} | ${decision} | | | |`]
      : jobs.map(({ job, runs }) => {
          const [last] = runs;
          const summary =
            last === undefined ? "never" : `${last.result} ${shortTime(last.at)} ${tableCell(last.detail)}`;
          return `| ${cluster} | ${release} | ${decision} | ${job} | ${runs.map(markOf).join(" ")} | ${summary.trim()} |`;
        }),
  );
  return [
    "### Clusters",
    "",
    `The last runs at ${shortTime(now)}. ${LEGEND}`,
    "",
    "| cluster | release | decision | job | runs | last |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    ...heldLines(held).flatMap((line) => [`Held: ${tableCell(line)}`, ""]),
  ].join("\n");
}

function markOf({ by, result }: JobRun): string {
  return /^https:\/\/[^\s()<>|\\]+$/.test(by) ? `[${MARKS[result]}](${by})` : MARKS[result];
}

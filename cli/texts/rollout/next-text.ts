import { createColors } from "picocolors";
import { visible } from "../../../language/problem";
import type { Decision } from "../../../operations/rollout/decide/decision";
import type { NextReport } from "../../../operations/rollout/report";
import { type Cell, table } from "../../shared/table";
import type { Terminal } from "../../shared/terminal";

/** Returns the clusters that may start now, and the reasons why others wait. */
export function nextText({ claimed, decisions, now, unobserved }: NextReport, terminal: Terminal): string {
  const rows = decisions.map(({ cluster, decision, target, until, wave, why }): Cell[] => [
    cluster,
    wave,
    target.release,
    painted(decision, terminal),
    `${shortTime(visible(why))}${until === null ? "" : `${why === "" ? "" : ", "}until ${shortTime(until)}`}`,
  ]);
  const lines = [
    ...(rows.length === 0
      ? []
      : [table([{ title: "cluster", whole: true }, "wave", "release", "decision", "why"], rows, terminal), ""]),
    ...claimed.map(
      ({ cluster, lease_until, runner, target }) =>
        `${runner} changes ${cluster} to ${target.release}. Its lease ends at ${shortTime(lease_until)}.`,
    ),
    ...unobserved.map(
      (cluster) => `${cluster} was changed. fleet rollout record ${cluster} health … observes its health.`,
    ),
    summary(decisions, now),
  ];
  return lines.join("\n");
}

function summary(decisions: readonly Decision[], now: string): string {
  const count = (word: Decision["decision"]): number => decisions.filter(({ decision }) => decision === word).length;
  const parts = (["go", "wait", "done", "failed", "halted"] as const).flatMap((word) =>
    count(word) === 0 ? [] : [`${count(word)} ${word}`],
  );
  return `${shortTime(now)}: ${parts.join(", ") || "no clusters"}`;
}

function painted(decision: Decision["decision"], { colours }: Terminal): Cell {
  const { cyan, green, red } = createColors(colours);
  const paints = { go: cyan, done: green, failed: red, halted: red, wait: (text: string) => text };
  return { text: decision, paint: paints[decision] };
}

/** Returns a text whose times omit seconds that are zero. */
export function shortTime(time: string): string {
  return time.replaceAll(/:00\.000Z/g, "Z").replaceAll(/\.\d{3}Z/g, "Z");
}

import { visible } from "../../language/problem";
import type { ClusterDrift, DriftFinding } from "../drift/report";

/** Label of the issues. */
export const DRIFT_LABEL = "fleet-drift";

/** In characters. GitHub refuses an issue of more than 65,536. */
const LIMIT = 60_000;

/** Marks the issue of a cluster. */
export function driftMarker(cluster: string): string {
  return `<!-- fleet: drift of ${cluster} -->`;
}

export interface DriftIssue {
  readonly title: string;
  readonly body: string;
}

/** True if a cluster has differences that require a person's attention. */
export function hasDrift({ stacks }: ClusterDrift): boolean {
  return stacks.some(({ found }) => found.length > 0);
}

/** True if every stack was compared. Otherwise the absence of drift is not proven. */
export function isCompared({ stacks }: ClusterDrift): boolean {
  return stacks.every(({ error }) => error === null);
}

/**
 * Returns the issue of a cluster. A difference keeps the day on which an earlier body named it first.
 *
 * @param earlier body of the open issue
 */
export function driftIssue(drift: ClusterDrift, earlier: string | undefined, today: string): DriftIssue {
  const since = sinceOf(earlier);
  const rows = drift.stacks.flatMap(({ found, stack }) =>
    found.map((each) => row(stack, each, since.get(each.address) ?? today)),
  );
  const folded = drift.stacks.flatMap((each) => each.folded).reduce((sum, { resources }) => sum + resources, 0);
  const head = [
    driftMarker(drift.cluster),
    `AWS differs from the definition of \`${drift.cluster}\`.`,
    "",
    "| since | stack | resource | what | definition |",
    "| --- | --- | --- | --- | --- |",
  ].join("\n");
  const tail = [
    "",
    ...(folded === 0 ? [] : [`${folded} differences without meaning are left out.`, ""]),
    `\`fleet drift ${drift.cluster}\` shows them. Deploy the cluster to undo a change, or change its definition to keep it.`,
    "",
  ].join("\n");
  let body = head;
  for (const each of rows) if (body.length + each.length + tail.length + 2 < LIMIT) body += `\n${each}`;
  return { title: `Drift: ${drift.cluster}`, body: `${body}\n${tail}` };
}

const WORDS = { changed: "changed", vanished: "gone", unexpected: "not as defined" } as const;

function row(stack: string, { address, attributes, kind, lines }: DriftFinding, since: string): string {
  const places = lines.map(({ file, line, path }) => `\`${code(`${file}:${line} ${path}`)}\``).join("<br>");
  const names = attributes.map((each) => `\`${code(each)}\``).join(", ");
  return `| ${since} | ${stack} | \`${code(address)}\` | ${WORDS[kind]}${names === "" ? "" : `: ${names}`} | ${places} |`;
}

/** Text between backticks, in a cell of a table. */
function code(text: string): string {
  return visible(text).replaceAll("`", "'").replaceAll("|", "\\|");
}

function sinceOf(body: string | undefined): ReadonlyMap<string, string> {
  const rows = [...(body ?? "").matchAll(/^\| (\d{4}-\d{2}-\d{2}) \| [\w-]+ \| `([^`]+)` \|/gm)];
  return new Map(rows.map(([, day = "", address = ""]) => [address.replaceAll("\\|", "|"), day]));
}

import type { LoadOptions } from "../../fleet/load";
import { shapingLines } from "../explain/shaping-lines";
import type { ClusterDrift } from "./report";

/** Number of differences that get lines. Each costs a second, and a list of dozens has one cause. */
const MOST = 10;

/** Returns the differences of a cluster with the lines of the definitions that shape what differs. */
export function withDriftLines(drift: ClusterDrift, options: LoadOptions & { readonly select: string }): ClusterDrift {
  const asked = drift.stacks.flatMap(({ found, stack }) => found.map((finding) => ({ stack, finding }))).slice(0, MOST);
  if (asked.length === 0) return drift;
  const lines = shapingLines(
    options,
    asked.map(({ finding: { address, attributes }, stack }) => ({ stack, address, attributes, message: "" })),
  );
  const linesOf = new Map(asked.map(({ finding }, index) => [finding, lines[index] ?? []]));
  return {
    ...drift,
    stacks: drift.stacks.map((each) => ({
      ...each,
      found: each.found.map((finding) => ({
        ...finding,
        lines: (linesOf.get(finding) ?? []).map(({ path, place: { file, line } }) => ({ path, file, line })),
      })),
    })),
  };
}

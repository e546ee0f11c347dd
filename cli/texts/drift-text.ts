import { visible } from "../../language/problem";
import type { ClusterDrift, DriftFinding } from "../../operations/drift/report";

/** Returns the differences of a cluster as text. */
export function driftText({ cluster, stacks }: ClusterDrift): string {
  if (stacks.every(({ deployed }) => !deployed)) return visible(`${cluster}\n  was never deployed`);
  const lines = stacks.flatMap(({ deployed, error, folded, found, stack }) => [
    ...(deployed ? [] : [`  ${stack}: was never applied`]),
    ...(error === null ? [] : [`  ${stack}: could not be compared: ${error}`]),
    ...found.flatMap((each) => findingLines(stack, each)),
    ...(folded.length === 0
      ? []
      : [`  ${stack}: ${folded.reduce((sum, { resources }) => sum + resources, 0)} differences without meaning`]),
  ]);
  return [cluster, ...(lines.length === 0 ? ["  no difference"] : lines)].map(visible).join("\n");
}

const KINDS = {
  changed: "was changed outside of Terraform",
  vanished: "is gone",
  unexpected: "differs from the definition",
} as const;

function findingLines(stack: string, { address, attributes, kind, lines, reverts }: DriftFinding): string[] {
  const what = attributes.length === 0 ? "" : `: ${attributes.join(", ")}`;
  const next = reverts ? "" : ". The next deploy leaves it as it is";
  return [
    `  ${stack} ${address} ${KINDS[kind]}${what}${next}`,
    ...lines.map(({ file, line, path }) => `    ${file}:${line} ${path}`),
  ];
}

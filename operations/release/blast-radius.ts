import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFleet, resolveFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { compareText } from "../../language/problem";
import { pairs } from "../changes/pairs";
import { VersionStacks } from "../changes/version-stacks";
import { differencesOf } from "../diff/diff";
import type { Definitions } from "./promoted-fleet";
import type { ReleaseNotesReport } from "./report";

/** The changes of clusters of one kind: those of a tier that come from one release. */
export type Kind = ReleaseNotesReport["kinds"][number];

/** Compares the stacks of clusters between two directories of definitions, and returns what happens to each kind of cluster. */
export async function blastRadius(
  before: Definitions,
  after: Definitions,
  names: readonly string[],
): Promise<readonly Kind[]> {
  if (names.length === 0) return [];
  const work = mkdtempSync(join(tmpdir(), "fleet-release-"));
  try {
    const load = ({ directory, shipped, today }: Definitions): readonly Cluster[] =>
      buildFleet(resolveFleet({ directory, shipped, today, select: names.join(",") })).clusters;
    const then = load(before);
    const [earlier, later] = [new VersionStacks(join(work, "before")), new VersionStacks(join(work, "after"))];
    earlier.start(then, before);
    await earlier.allReady();
    later.start(load(after), after);
    await later.allReady();
    const kinds = kindsOf(then).map(async ([kind, clusters]) => {
      const { changes } = await differencesOf(pairs(clusters, { before: earlier, after: later, unknown: new Set() }));
      const of = (...actions: string[]): string[] => [
        ...new Set(
          changes.flatMap(({ action, address, stack }) => (actions.includes(action) ? [`${stack} ${address}`] : [])),
        ),
      ];
      const counts: Record<string, number> = {};
      for (const { action, clusters: having } of changes) counts[action] = (counts[action] ?? 0) + having.length;
      return { kind, clusters: [...clusters], actions: counts, nodes: of("roll"), replaced: of("replace", "destroy") };
    });
    return await Promise.all(kinds);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Groups clusters by their tier and release. */
export function kindsOf(
  clusters: readonly Cluster[],
): readonly (readonly [kind: string, clusters: readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const { meta, name, release } of clusters) {
    const kind = `${meta.TIER}, from ${release.name}`;
    groups.set(kind, [...(groups.get(kind) ?? []), name]);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b));
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutHooks } from "../fleet/programs/git";
import { thisProgram } from "../fleet/programs/host";
import { type PinnedProgram, pinnedProgram, RUNS_FOR_RELEASE } from "../fleet/programs/pinned-program";
import type { ReleaseCluster } from "../fleet/release-program";
import { homeFolder } from "../language/program-folder";
import { type DefinitionSource, type DefinitionsView, writeView } from "./definitions-view";
import { installPackages } from "./packages";

/** Clusters whose stacks one other program writes. */
export interface OfProgram {
  readonly program: PinnedProgram;
  readonly clusters: readonly ReleaseCluster[];
}

/** Groups clusters by the programs of their releases. */
export function byProgram(clusters: readonly ReleaseCluster[]): readonly OfProgram[] {
  const groups = new Map<string, { program: PinnedProgram; clusters: ReleaseCluster[] }>();
  for (const cluster of clusters) {
    const program = pinnedProgram(cluster.pin);
    if (program === undefined) throw new TypeError(`${cluster.name} has the program that runs`);
    const group = groups.get(program.folder) ?? { program, clusters: [] };
    group.clusters.push(cluster);
    groups.set(program.folder, group);
  }
  return [...groups.values()];
}

/**
 * Calls back with the definitions of clusters as their program reads them, and the environment for that program. Its packages are
 * installed, and nothing of the copy stays.
 */
export async function withProgram<Result>(
  { clusters, program }: OfProgram,
  source: DefinitionSource,
  use: (view: DefinitionsView, environment: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  await installPackages(program.folder, thisProgram().workingTree, `program ${program.version}`);
  const scratch = mkdtempSync(join(tmpdir(), "fleet-release-"));
  try {
    const names = new Set(clusters.flatMap(({ name, peers }) => [name, ...peers]));
    const view = writeView(join(scratch, "definitions"), source, names);
    return await use(view, {
      ...withoutHooks(process.env),
      [RUNS_FOR_RELEASE]: program.version,
      CLUSTER_NAME: clusters.map(({ name }) => name).join(","),
      DEFINITIONS_DIR: view.folder,
      FLEET_CACHE_DIR: process.env["FLEET_CACHE_DIR"] || join(homeFolder(), ".fleet/synth"),
      NO_COLOR: "1",
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

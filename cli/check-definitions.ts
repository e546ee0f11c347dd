import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFleet } from "../fleet/load";
import type { Cluster } from "../fleet/model/cluster";
import { STACKS, stackId } from "../fleet/model/stacks";
import { DefinitionError } from "../language/problem";
import { Synthesizer } from "../synth/synthesizer";
import { runSteps, withOfflineApplies } from "./offline-apply";
import { loadDefinitions, OUTPUT } from "./shared/definitions";

/** Clusters that are applied at most: each takes about 3 s on two cores, and the whole check is to take less than a minute. */
const MOST_APPLIED = 8;

/**
 * Checks a change of `definitions/` alone: validates and synthesizes every cluster, and applies those whose Terraform differs from
 * that of the base's definitions to the offline providers. The program itself must be the base's.
 */
export async function checkDefinitions(base: string, signal: AbortSignal): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "cf-"));
  let clusters: readonly Cluster[] = [];
  let changed: readonly Cluster[] = [];
  try {
    await runSteps([
      {
        title: "validate every definition",
        task: (_, task) => {
          clusters = loadDefinitions({ select: undefined }).clusters;
          task.title = `validate ${clusters.length} definitions`;
        },
      },
      {
        title: "synthesize every stack",
        task: async (_, task) => {
          await new Synthesizer(OUTPUT, 0).write(clusters, { all: true });
          task.title = `synthesize ${clusters.length * STACKS.length} stacks`;
        },
      },
      {
        title: `compare with ${base}`,
        task: async (_, task) => {
          const before = join(work, "before");
          await new Synthesizer(before, 0).write(clustersOf(base, work), { all: true });
          changed = clusters.filter(({ slug }) => STACKS.some((stack) => differs(stackId(slug, stack), before)));
          task.title = `compare with ${base}: ${changed.length} of ${clusters.length} clusters change`;
        },
      },
    ]);
    const applied = changed.slice(0, MOST_APPLIED);
    await withOfflineApplies(applied, { output: OUTPUT, work, signal }, async (applies) => {
      await runSteps(applies.flatMap(({ apply }) => apply));
    });
    const left = changed.length - applied.length;
    if (left > 0)
      console.log(`${left} more clusters change. They are not applied, because the limit is ${MOST_APPLIED}.`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The clusters of another commit's definitions; none if this program refuses those, so that every cluster counts as changed. */
function clustersOf(base: string, work: string): readonly Cluster[] {
  const archive = execFileSync("git", ["archive", base, "definitions"], { maxBuffer: 1024 ** 3 });
  mkdirSync(join(work, "base"));
  execFileSync("tar", ["-x", "-C", join(work, "base")], { input: archive });
  const directory = join(work, "base/definitions");
  try {
    return loadFleet({ directory, shipped: directory, today: new Date().toISOString().slice(0, 10) }).clusters;
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return [];
  }
}

function differs(stack: string, before: string): boolean {
  const [now, then] = [OUTPUT, before].map((directory) => join(directory, "stacks", stack, "cdk.tf.json"));
  if (then === undefined || now === undefined || !existsSync(then)) return true;
  return readFileSync(now, "utf8") !== readFileSync(then, "utf8");
}

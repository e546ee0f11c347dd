import { rmSync } from "node:fs";
import Table from "cli-table3";
import type { Cluster } from "../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../fleet/model/stacks";
import { terraformName } from "../offline/binary";
import { Synthesizer } from "../synth/synthesizer";
import { runSteps, withOfflineApplies } from "./offline-apply";
import { loadDefinitions, OUTPUT } from "./shared/definitions";

/** Everything that the demonstration writes, besides the synthesized stacks. */
const WORK = ".offline/demo";

/** The cluster that is applied if none is selected: the smallest sample that has a bit of everything. */
const SAMPLE = "production.eks.example.com";

/**
 * Shows the whole way on a machine without a cloud: validates definitions, synthesizes their stacks, applies the four stacks of a
 * cluster with the real Terraform against the offline providers, and plans again. With a selection it does so for each selected cluster.
 */
export async function demo(select: string | undefined, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  rmSync(WORK, { recursive: true, force: true });
  let clusters: readonly Cluster[] = [];
  await runSteps([
    {
      title: select === undefined ? "validate every definition" : `validate ${select}`,
      task: (_, task) => {
        clusters = loadDefinitions({ select }).clusters;
        task.title = `validate ${counted(clusters.length, "definition")}`;
      },
    },
    {
      title: "synthesize every stack",
      task: async (_, task) => {
        await new Synthesizer(OUTPUT, 0).write(clusters, { all: select === undefined });
        task.title = `synthesize ${clusters.length * STACKS.length} stacks`;
      },
    },
  ]);
  const applied = select === undefined ? oneOf(clusters) : clusters;

  await withOfflineApplies(applied, { output: OUTPUT, work: WORK, signal }, async (applies) => {
    for (const { cluster, apply, planAgain, resources } of applies) {
      await runSteps([...apply, ...planAgain]);
      console.log(summary(cluster, resources, (Date.now() - started) / 1000));
    }
  });
}

function oneOf(clusters: readonly Cluster[]): readonly Cluster[] {
  const sample = clusters.find(({ name }) => name === SAMPLE) ?? clusters[0];
  if (sample === undefined) throw new Error("there is no cluster to apply: add a definition first");
  return [sample];
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

function summary(cluster: Cluster, resources: ReadonlyMap<StackName, number>, seconds: number): string {
  const table = new Table({ head: ["stack", "resources"], style: { head: [], border: [], compact: true } });
  for (const [stack, count] of resources) table.push([stackId(cluster.slug, stack), count]);
  const total = [...resources.values()].reduce((sum, count) => sum + count, 0);
  return `
${table.toString()}
${total} resources in ${resources.size} stacks of ${cluster.name}, in ${seconds.toFixed(1)} s: applied by the real ${terraformName()} to a
simulated AWS, Kubernetes and Helm (docs/offline-providers.md shows what that proves).

Synthesized files:  ${OUTPUT}/stacks/<stack>/cdk.tf.json
State and simulated cloud of this run:  ${WORK}/

For a real deploy: put your account into definitions/accounts/, log in to AWS, and type
  make plan CLUSTER_NAME=${cluster.name}
  make cluster CLUSTER_NAME=${cluster.name}`;
}

import { rmSync } from "node:fs";
import Table from "cli-table3";
import type { Cluster } from "../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../fleet/model/stacks";
import { Synthesizer } from "../synth/synthesizer";
import { loadDefinitions, OUTPUT } from "./definitions";
import { runSteps, withOfflineApplies } from "./offline-apply";

/** Everything that the demonstration writes, besides the synthesized stacks. */
const WORK = ".offline/demo";

/** The sample cluster that is applied: the smallest that has a bit of everything. */
const SAMPLE = "production.eks.example.com";

/**
 * Shows the whole way on a machine without a cloud: validates every definition, synthesizes every stack, applies the four
 * stacks of a sample cluster with the real Terraform against the offline providers, and plans again.
 */
export async function demo(): Promise<void> {
  const started = Date.now();
  rmSync(WORK, { recursive: true, force: true });
  let clusters: readonly Cluster[] = [];
  const sample = await runSteps([
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
  ]).then(() => clusters.find(({ name }) => name === SAMPLE) ?? clusters[0]);
  if (sample === undefined) throw new Error("there is no cluster to apply: add a definition first");

  await withOfflineApplies([sample], { output: OUTPUT, work: WORK }, async (applies) => {
    for (const { apply, planAgain, resources } of applies) {
      await runSteps([...apply, ...planAgain]);
      console.log(summary(sample, resources, (Date.now() - started) / 1000));
    }
  });
}

function summary(sample: Cluster, resources: ReadonlyMap<StackName, number>, seconds: number): string {
  const table = new Table({ head: ["stack", "resources"], style: { head: [], border: [], compact: true } });
  for (const [stack, count] of resources) table.push([stackId(sample.slug, stack), count]);
  const total = [...resources.values()].reduce((sum, count) => sum + count, 0);
  return `
${table.toString()}
${total} resources in ${resources.size} stacks of ${sample.name}, in ${seconds.toFixed(1)} s: applied by the real Terraform to a
simulated AWS, Kubernetes and Helm (docs/offline-providers.md shows what that proves).

Synthesized files:  ${OUTPUT}/stacks/<stack>/cdk.tf.json
State and simulated cloud of this run:  ${WORK}/

For a real deploy: put your account into definitions/accounts/, log in to AWS, and type
  make plan CLUSTER_NAME=${sample.name}
  make cluster CLUSTER_NAME=${sample.name}`;
}

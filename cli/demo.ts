import { rmSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import { Listr, ListrLogger, ListrLogLevels, type ListrTask, PRESET_TIMER } from "listr2";
import type { Cluster } from "../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../fleet/model/stacks";
import { startOfflineProviders } from "../offline/offline-providers";
import { prepareOfflineStack } from "../offline/offline-stack";
import { Terraform } from "../offline/terraform";
import { Synthesizer } from "../synth/synthesizer";
import { loadDefinitions, OUTPUT } from "./definitions";

/** Everything that the demonstration writes, besides the synthesized stacks. */
const WORK = ".offline/demo";

/** The sample cluster that is applied: the smallest that has a bit of everything. */
const SAMPLE = "production.eks.example.com";

/** Steps that have ended are enough: one line each. What went wrong in one is told once, when the program ends. */
class EndedOnly extends ListrLogger {
  override log(...[level, message, options]: Parameters<ListrLogger["log"]>): void {
    if (level === ListrLogLevels.STARTED) return;
    super.log(level, message, level === ListrLogLevels.FAILED ? undefined : options);
  }
}

/**
 * Shows the whole way on a machine without a cloud: validates every definition, synthesizes every stack, applies the four
 * stacks of a sample cluster with the real Terraform against the offline providers, and plans again.
 */
export async function demo(): Promise<void> {
  const started = Date.now();
  rmSync(WORK, { recursive: true, force: true });
  let clusters: readonly Cluster[] = [];
  const resources = new Map<StackName, number>();
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

  const stacks = STACKS.map((stack) => ({ stack, directory: join(OUTPUT, "stacks", stackId(sample.slug, stack)) }));
  const providers = await startOfflineProviders({
    stacks: stacks.map(({ directory }) => directory),
    storeDirectory: join(WORK, "store"),
  });
  try {
    const terraforms = stacks.map(({ stack, directory }) => {
      const copy = prepareOfflineStack({
        stackDirectory: directory,
        workDirectory: join(WORK, "stacks"),
        stateDirectory: join(WORK, "state"),
      });
      return { stack, terraform: new Terraform({ directory: copy.directory, env: providers.env }) };
    });
    await runSteps([
      ...terraforms.map(
        ({ stack, terraform }): ListrTask => ({
          title: `terraform apply ${stackId(sample.slug, stack)}`,
          task: async () => {
            await terraform.init();
            await terraform.apply();
            resources.set(stack, (await terraform.run(["state", "list"])).stdout.split("\n").filter(isManaged).length);
          },
        }),
      ),
      ...terraforms.map(
        ({ stack, terraform }): ListrTask => ({
          title: `terraform plan again: nothing to do in ${stackId(sample.slug, stack)}`,
          task: async () => {
            const { changes, changed } = await terraform.plan();
            if (changed)
              throw new Error(`the second plan of ${stack} is not empty:\n${JSON.stringify(changes, null, 2)}`);
          },
        }),
      ),
    ]);
  } finally {
    await providers.close();
  }
  console.log(summary(sample, resources, (Date.now() - started) / 1000));
}

const isManaged = (address: string): boolean => address !== "" && !address.startsWith("data.");

function runSteps(steps: ListrTask[]): Promise<unknown> {
  return new Listr(steps, {
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false, showErrorMessage: false },
    fallbackRenderer: "simple",
    fallbackRendererOptions: { timer: PRESET_TIMER, logger: new EndedOnly({ useIcons: true }) },
  }).run();
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

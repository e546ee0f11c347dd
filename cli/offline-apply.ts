import { join } from "node:path";
import { Listr, ListrLogger, ListrLogLevels, type ListrTask, PRESET_TIMER } from "listr2";
import type { Cluster } from "../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../fleet/model/stacks";
import { terraformCommand } from "../offline/binary";
import { type OfflineProviders, startOfflineProviders } from "../offline/offline-providers";
import { prepareOfflineStack } from "../offline/offline-stack";
import { Terraform } from "../offline/terraform";

/** A cluster's stacks that are applied by the real Terraform to the offline providers. */
export interface OfflineApply {
  readonly cluster: Cluster;
  /** How many resources each stack has, once it is applied. */
  readonly resources: Map<StackName, number>;
  readonly apply: ListrTask[];
  /** Each fails if Terraform still has something to do. */
  readonly planAgain: ListrTask[];
}

/** Starts providers for synthesized clusters, runs `use`, and stops the providers. Everything is written below `work`. An aborted signal stops Terraform. */
export async function withOfflineApplies(
  clusters: readonly Cluster[],
  { output, work, signal }: { readonly output: string; readonly work: string; readonly signal: AbortSignal },
  use: (applies: readonly OfflineApply[]) => Promise<void>,
): Promise<void> {
  const directoryOf = (cluster: Cluster, stack: StackName) => join(output, "stacks", stackId(cluster.slug, stack));
  const providers = await startOfflineProviders({
    stacks: clusters.flatMap((cluster) => STACKS.map((stack) => directoryOf(cluster, stack))),
    storeDirectory: join(work, "store"),
  });
  try {
    await use(
      clusters.map((cluster) =>
        offlineApply(cluster, (stack) => directoryOf(cluster, stack), { work, providers, signal }),
      ),
    );
  } finally {
    await providers.close();
  }
}

function offlineApply(
  cluster: Cluster,
  directoryOf: (stack: StackName) => string,
  {
    work,
    providers,
    signal,
  }: { readonly work: string; readonly providers: OfflineProviders; readonly signal: AbortSignal },
): OfflineApply {
  const resources = new Map<StackName, number>();
  const terraforms = STACKS.map((stack) => {
    const { directory } = prepareOfflineStack({
      stackDirectory: directoryOf(stack),
      workDirectory: join(work, "stacks"),
      stateDirectory: join(work, "state"),
    });
    return { stack, terraform: new Terraform({ directory, env: providers.env, signal }) };
  });
  return {
    cluster,
    resources,
    apply: terraforms.map(({ stack, terraform }) => ({
      title: `${terraformCommand()} apply ${stackId(cluster.slug, stack)}`,
      task: async () => {
        await terraform.init();
        await terraform.apply();
        resources.set(stack, (await terraform.run(["state", "list"])).stdout.split("\n").filter(isManaged).length);
      },
    })),
    planAgain: terraforms.map(({ stack, terraform }) => ({
      title: `${terraformCommand()} plan again: nothing to do in ${stackId(cluster.slug, stack)}`,
      task: async () => {
        const { changes, changed } = await terraform.plan();
        if (changed) throw new Error(`the second plan of ${stack} is not empty:\n${JSON.stringify(changes, null, 2)}`);
      },
    })),
  };
}

const isManaged = (address: string): boolean => address !== "" && !address.startsWith("data.");

/** Steps that have ended are enough: one line each. What went wrong in one is reported once, when the program ends. */
class EndedOnly extends ListrLogger {
  override log(...[level, message, options]: Parameters<ListrLogger["log"]>): void {
    if (level === ListrLogLevels.STARTED) return;
    super.log(level, message, level === ListrLogLevels.FAILED ? undefined : options);
  }
}

export function runSteps(steps: ListrTask[]): Promise<unknown> {
  return new Listr(steps, {
    registerSignalListeners: false, // the command stops its own processes and cleans up
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false, showErrorMessage: false },
    fallbackRenderer: "simple",
    fallbackRendererOptions: { timer: PRESET_TIMER, logger: new EndedOnly({ useIcons: true }) },
  }).run();
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "../../../fleet/model/cluster";
import { listed } from "../../../language/suggest";
import { planCluster } from "../../../operations/deploy/plan-cluster";
import type { ClusterPlan } from "../../../operations/deploy/report";
import { targetOf } from "../../../operations/deploy/stack-runner";
import { upstreamText } from "../../../operations/deploy/upstream";
import { healthy, inconclusive, type Seen, type Tools, unhealthy } from "../../../operations/rollout/health/check";
import { prepareStack, synthesizeNamed } from "../../shared/stack-runs";

/** Returns the clock, the environment and the commands that health checks use on this machine. */
export function healthTools(today: string): Tools {
  return {
    now: () => Date.now(),
    sleep: async (milliseconds) => void (await sleep(milliseconds)),
    environment: process.env,
    stacks: (cluster, signal) => lookAtStacks(cluster, today, signal),
  };
}

/** Returns healthy if every stack is applied and has an empty plan. Nothing is applied, so the guard does not run. */
async function lookAtStacks(cluster: Cluster, today: string, signal: AbortSignal): Promise<Seen> {
  await synthesizeNamed([cluster.name], today);
  const { report } = await planCluster(targetOf(cluster), {
    prepare: prepareStack,
    signal,
    judge: () => [],
    now: () => new Date(),
    fromNothing: async () => [],
  });
  return seenInPlan(report);
}

/** Returns the cluster's differences in the plans of all stacks. */
export function seenInPlan({ stacks }: ClusterPlan): Seen {
  const failed = stacks.find(({ errors }) => errors.length > 0);
  if (failed !== undefined) return inconclusive(`${failed.stack} cannot be planned: ${failed.errors[0]?.summary}`);
  const missing = stacks.find(({ waits_for }) => waits_for !== null);
  if (missing !== undefined) return unhealthy(`${upstreamText(missing).name} was never applied`);
  const changed = stacks.flatMap(({ changes, stack }) => {
    if (changes === null) return [stack];
    const { create, destroy, forget, move, outputs, replace, update } = changes;
    const count = [create, destroy, forget, move, outputs, replace, update].reduce(
      (sum, { length }) => sum + length,
      0,
    );
    return count === 0 ? [] : [`${stack} (${count})`];
  });
  return changed.length === 0
    ? healthy(`the plans of ${stacks.length} stacks are empty`)
    : unhealthy(`plans are not empty: ${listed(changed)}`);
}

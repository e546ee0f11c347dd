import type { AutoscalingGroupConfig, AutoscalingGroupWarmPool } from "@cdktf/provider-aws/lib/autoscaling-group";
import type { Worker } from "../../fleet/model/cluster";
import { given } from "../../language/given";

const SECONDS_A_DAY = 86_400;

/** Returns settings of a self-managed group besides its sizes and its instances. AWS decides those that the definition leaves out. */
export function groupSettings(worker: Worker): Partial<AutoscalingGroupConfig> {
  const { classic_load_balancers, enabled_metrics, max_instance_lifetime_days } = worker;
  const { protect_from_scale_in, target_group_arns, termination_policies } = worker;
  const { default_instance_warmup_seconds: warmup, instance_maintenance_policy: upkeep } = worker;
  return {
    ...(enabled_metrics.length > 0 && { enabledMetrics: [...enabled_metrics] }),
    ...(max_instance_lifetime_days !== null && { maxInstanceLifetime: max_instance_lifetime_days * SECONDS_A_DAY }),
    ...(target_group_arns.length > 0 && { targetGroupArns: [...target_group_arns] }),
    ...(classic_load_balancers.length > 0 && { loadBalancers: [...classic_load_balancers] }),
    ...given({
      defaultInstanceWarmup: warmup,
      instanceMaintenancePolicy: upkeep && {
        minHealthyPercentage: upkeep.min_healthy_percentage,
        maxHealthyPercentage: upkeep.max_healthy_percentage,
      },
    }),
    ...(protect_from_scale_in && { protectFromScaleIn: true }),
    ...(termination_policies.length > 0 && { terminationPolicies: [...termination_policies] }),
  };
}

/** A new version of the launch template starts one, and all that a node is made of is in there: no further triggers. */
export function instanceRefresh(worker: Worker): NonNullable<AutoscalingGroupConfig["instanceRefresh"]> {
  const refresh = worker.instance_refresh ?? {};
  const seconds = (value: number | undefined) => (value === undefined ? undefined : String(value));
  return {
    strategy: "Rolling",
    preferences: {
      minHealthyPercentage: refresh.min_healthy_percentage ?? 100 - worker.max_unavailable_percentage,
      ...given({
        maxHealthyPercentage: refresh.max_healthy_percentage,
        instanceWarmup: seconds(refresh.instance_warmup_seconds),
        checkpointPercentages: refresh.checkpoint_percentages && [...refresh.checkpoint_percentages],
        checkpointDelay: seconds(refresh.checkpoint_delay_seconds),
        skipMatching: refresh.skip_matching,
        autoRollback: refresh.auto_rollback,
        scaleInProtectedInstances: refresh.scale_in_protected_instances,
      }),
    },
  };
}

export function warmPool(pool: NonNullable<Worker["warm_pool"]>): AutoscalingGroupWarmPool {
  return {
    poolState: pool.pool_state,
    minSize: pool.min_size,
    ...given({ maxGroupPreparedCapacity: pool.max_group_prepared_capacity }),
    instanceReusePolicy: { reuseOnScaleIn: pool.reuse_on_scale_in },
  };
}

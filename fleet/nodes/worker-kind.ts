import type { Worker } from "../model/cluster";

/** Settings that only one kind of group supports, by their keys. Each function is true if a worker uses the setting. */
type Settings = Readonly<Record<string, (worker: Worker) => boolean>>;

const SELF_MANAGED: Settings = {
  spot_price: ({ spot_price }) => spot_price !== null,
  on_demand_base_capacity: ({ on_demand_base_capacity }) => on_demand_base_capacity !== 0,
  // EKS assumes that a custom image runs Linux, and its access entry lacks the rights that kube-proxy on Windows requires.
  ami_family: ({ ami_family, ami_type }) => ami_type === "CUSTOM" && ami_family === "WINDOWS",
  instance_profile_arn: ({ instance_profile_arn }) => instance_profile_arn !== null, // EKS creates the profiles of its groups
  on_demand_percentage_above_base_capacity: (worker) => worker.on_demand_percentage_above_base_capacity !== null,
  spot_instance_pools: ({ spot_instance_pools }) => spot_instance_pools !== null,
  on_demand_allocation_strategy: ({ on_demand_allocation_strategy }) => on_demand_allocation_strategy !== null,
  instance_requirements: ({ instance_requirements }) => instance_requirements !== null, // EKS accepts types only
  instance_weights: ({ instance_weights }) => Object.keys(instance_weights).length > 0,
  instance_refresh: ({ instance_refresh }) => instance_refresh !== null,
  suspended_processes: ({ suspended_processes }) => suspended_processes.length > 0,
  target_group_arns: ({ target_group_arns }) => target_group_arns.length > 0,
  classic_load_balancers: ({ classic_load_balancers }) => classic_load_balancers.length > 0,
  termination_policies: ({ termination_policies }) => termination_policies.length > 0,
  max_instance_lifetime_days: ({ max_instance_lifetime_days }) => max_instance_lifetime_days !== null,
  health_check_grace_period_seconds: (worker) => worker.health_check_grace_period_seconds !== null,
  enabled_metrics: ({ enabled_metrics }) => enabled_metrics.length > 0,
  protect_from_scale_in: ({ protect_from_scale_in }) => protect_from_scale_in,
  termination_heartbeat_seconds: ({ termination_heartbeat_seconds }) => termination_heartbeat_seconds !== null,
  health_check_type: ({ health_check_type }) => health_check_type !== "EC2",
  default_instance_warmup_seconds: (worker) => worker.default_instance_warmup_seconds !== null,
  instance_maintenance_policy: ({ instance_maintenance_policy }) => instance_maintenance_policy !== null,
  lifecycle_hooks: ({ lifecycle_hooks }) => lifecycle_hooks.length > 0,
  warm_pool: ({ warm_pool }) => warm_pool !== null,
};

const MANAGED: Settings = {
  max_unavailable: ({ max_unavailable }) => max_unavailable !== null,
  force_update_version: ({ force_update_version }) => force_update_version,
  generation: ({ generation }) => generation !== 1, // Terraform deletes a failed Auto Scaling group before it creates another
  node_repair: ({ node_repair }) => node_repair !== null,
  launch_template: ({ launch_template }) => launch_template !== null,
};

/** Returns the keys that a worker uses and only self-managed groups support. */
export function selfManagedSettings(worker: Worker): string[] {
  return wanted(SELF_MANAGED, worker);
}

/** Returns the keys that a worker uses and only managed groups support. */
export function managedSettings(worker: Worker): string[] {
  return wanted(MANAGED, worker);
}

function wanted(settings: Settings, worker: Worker): string[] {
  return Object.entries(settings)
    .filter(([, asks]) => asks(worker))
    .map(([name]) => name);
}

const REQUIRES_SELF_MANAGED = Object.values(SELF_MANAGED);

/** Returns the kind that a group sets; for `auto`, an EKS managed group if it supports all of the group's settings. */
export function workerKind(worker: Worker): "managed" | "self_managed" {
  if (worker.kind !== "auto") return worker.kind;
  return REQUIRES_SELF_MANAGED.some((requires) => requires(worker)) ? "self_managed" : "managed";
}

/** True if a group requests spot instances; a bid is such a request. */
export function asksForSpot(worker: Worker): boolean {
  return worker.capacity_type === "SPOT" || worker.spot_price !== null;
}

/** True if some of a group's nodes are spot instances: those above the base that are not on-demand. */
export function buysSpot(worker: Worker): boolean {
  const { on_demand_percentage_above_base_capacity: share } = worker;
  return share === null ? asksForSpot(worker) : share < 100;
}

/** True if some of a group's nodes are on-demand. */
export function buysOnDemand(worker: Worker): boolean {
  const { on_demand_base_capacity: base, on_demand_percentage_above_base_capacity: share } = worker;
  return base > 0 || (share === null ? !asksForSpot(worker) : share > 0);
}

/** Returns the instance types that a group names; none if it describes them by requirements. */
export function namedTypes({ instance_requirements, instance_types }: Worker): readonly string[] {
  return instance_requirements === null ? instance_types : [];
}

/** True if Auto Scaling accepts only one instance type for a group, which its launch template names. */
export function excludesMix({ capacity_type, warm_pool }: Worker): boolean {
  return capacity_type === "CAPACITY_BLOCK" || warm_pool !== null;
}

import type { Worker } from "../model/cluster";

/** Whether a worker asks for what only one kind of group can have; a name is how a reader would call the setting. */
type Settings = Readonly<Record<string, (worker: Worker) => boolean>>;

const SELF_MANAGED: Settings = {
  spot_price: ({ spot_price }) => spot_price !== null,
  on_demand_base_capacity: ({ on_demand_base_capacity }) => on_demand_base_capacity !== 0,
  // EKS takes a custom image for one of Linux, and lets its nodes in without the rights that kube-proxy on Windows needs.
  ami_family: ({ ami_family, ami_type }) => ami_type === "CUSTOM" && ami_family === "WINDOWS",
  instance_profile_arn: ({ instance_profile_arn }) => instance_profile_arn !== null, // EKS makes those of its own
  on_demand_percentage_above_base_capacity: (worker) => worker.on_demand_percentage_above_base_capacity !== null,
  spot_instance_pools: ({ spot_instance_pools }) => spot_instance_pools !== null,
  on_demand_allocation_strategy: ({ on_demand_allocation_strategy }) => on_demand_allocation_strategy !== null,
  instance_requirements: ({ instance_requirements }) => instance_requirements !== null, // EKS takes types only
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
  node_repair: ({ node_repair }) => node_repair !== null,
  launch_template: ({ launch_template }) => launch_template !== null,
};

/** The settings that only an Auto Scaling group of our own can have, as a reader would name them. */
export function selfManagedSettings(worker: Worker): string[] {
  return wanted(SELF_MANAGED, worker);
}

/** The settings that only EKS's own groups can have. */
export function managedSettings(worker: Worker): string[] {
  return wanted(MANAGED, worker);
}

function wanted(settings: Settings, worker: Worker): string[] {
  return Object.entries(settings)
    .filter(([, asks]) => asks(worker))
    .map(([name]) => name);
}

const kinds = new WeakMap<Worker, "managed" | "self_managed">();

/** How a group is built: what it says, or for `auto` an EKS managed group wherever one can do what it asks. */
export function workerKind(worker: Worker): "managed" | "self_managed" {
  if (worker.kind !== "auto") return worker.kind;
  // A dozen checks ask, and each answer looks at a dozen settings.
  const kind = kinds.get(worker) ?? (selfManagedSettings(worker).length > 0 ? "self_managed" : "managed");
  kinds.set(worker, kind);
  return kind;
}

/** Whether a group asks for spot instances: a bid says so by itself. */
export function asksForSpot(worker: Worker): boolean {
  return worker.capacity_type === "SPOT" || worker.spot_price !== null;
}

/** Whether some of a group's nodes are spot instances: what is not on-demand above the base is. */
export function buysSpot(worker: Worker): boolean {
  const { on_demand_percentage_above_base_capacity: share } = worker;
  return share === null ? asksForSpot(worker) : share < 100;
}

/** Whether some of a group's nodes are on-demand. */
export function buysOnDemand(worker: Worker): boolean {
  const { on_demand_base_capacity: base, on_demand_percentage_above_base_capacity: share } = worker;
  return base > 0 || (share === null ? !asksForSpot(worker) : share > 0);
}

/** The instance types that a group names; none where it describes them. */
export function namedTypes({ instance_requirements, instance_types }: Worker): readonly string[] {
  return instance_requirements === null ? instance_types : [];
}

/** Whether Auto Scaling takes one instance type for a group, which its launch template names, and no mix. */
export function excludesMix({ capacity_type, warm_pool }: Worker): boolean {
  return capacity_type === "CAPACITY_BLOCK" || warm_pool !== null;
}

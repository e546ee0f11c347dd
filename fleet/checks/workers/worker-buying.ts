import { buysSpot, managedSettings, selfManagedSettings, workerKind } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import { noEffect, requires } from "../../rules/forms";

/** True if CPU credits limit a type: T types of each generation. */
export function isBurstable(instanceType: string): boolean {
  return /^t\d/.test(instanceType);
}

const selfManaged: WorkerRule = (worker) => {
  if (workerKind(worker) === "managed") return [];
  const remedy =
    worker.kind === "self_managed"
      ? "Remove it, or set kind: managed (or auto)"
      : `Remove it, or remove the keys that only a self-managed group has: ${selfManagedSettings(worker).join(", ")}`;
  return managedSettings(worker).map((setting) => ({
    ...requires([setting], "an EKS managed group", remedy),
    ...(setting === "node_repair" && { own: true }), // a layer means the managed groups of the cluster
  }));
};

const managed: WorkerRule = (worker) => {
  if (worker.kind !== "managed") return [];
  const remedy = "Remove it, or set kind: self_managed (or auto)";
  return selfManagedSettings(worker).map((setting) => requires([setting], "a self-managed group", remedy));
};

const WEIGHTS = ["instance_weights"] as const;

const weightsWithTypes: WorkerRule = ({ instance_requirements, instance_weights }) =>
  instance_requirements === null || Object.keys(instance_weights).length === 0
    ? []
    : [noEffect(WEIGHTS, "instance_requirements name no types", "or remove instance_requirements")];

const weightsWithoutAutoscaling: WorkerRule = ({ autoscaling, instance_requirements, instance_weights }) => {
  if (!autoscaling || instance_requirements !== null || Object.keys(instance_weights).length === 0) return [];
  const what = "autoscaling: false, because cluster-autoscaler counts each instance as one";
  return [requires(WEIGHTS, what, "Set it, or remove instance_weights")];
};

const unknownWeights: WorkerRule = ({ instance_requirements, instance_types, instance_weights }) => {
  if (instance_requirements !== null) return [];
  return Object.keys(instance_weights)
    .filter((type) => !instance_types.includes(type))
    .map((type) => ({ path: [...WEIGHTS, type], message: "is not one of instance_types. Remove it, or add the type" }));
};

const missingWeights: WorkerRule = ({ instance_requirements, instance_types, instance_weights }) => {
  if (instance_requirements !== null || Object.keys(instance_weights).length === 0) return [];
  const missing = instance_types.filter((type) => instance_weights[type] === undefined);
  if (missing.length === 0) return [];
  const message = `must have a weight for each instance type, because Auto Scaling requires all or none. Add ${missing.join(", ")}`;
  return [{ path: WEIGHTS, message }];
};

const CREDITS = ["cpu_credits"] as const;

const creditsOfTypes: WorkerRule = ({ cpu_credits, instance_requirements, instance_types }) => {
  if (cpu_credits === null || instance_requirements !== null) return [];
  const others = instance_types.filter((type) => !isBurstable(type));
  if (others.length === 0) return [];
  const remedy = `Remove cpu_credits, or remove ${others.join(", ")} from instance_types`;
  return [requires(CREDITS, "T types, because EC2 starts no other type with it", remedy)];
};

const creditsOfRequirements: WorkerRule = ({ cpu_credits, instance_requirements }) => {
  if (cpu_credits === null || instance_requirements === null) return [];
  if (instance_requirements.burstable_performance === "required") return [];
  const remedy = "Remove cpu_credits, or set instance_requirements.burstable_performance: required";
  return [requires(CREDITS, "T types, because EC2 starts no other type with it", remedy)];
};

const hostGroup: WorkerRule = ({ host_resource_group_arn, tenancy }) =>
  host_resource_group_arn === null || tenancy === "host"
    ? []
    : [noEffect(["host_resource_group_arn"], `tenancy is ${tenancy}`, "or set tenancy: host")];

const hostWithoutSpot: WorkerRule = (worker) => {
  if (worker.tenancy !== "host" || !buysSpot(worker)) return [];
  const message =
    "host does not support spot instances. Use dedicated, or set capacity_type: ON_DEMAND without a spot_price";
  return [{ path: ["tenancy"], message }];
};

export const checkBuying = eachWorker([
  selfManaged,
  managed,
  weightsWithTypes,
  weightsWithoutAutoscaling,
  unknownWeights,
  missingWeights,
  creditsOfTypes,
  creditsOfRequirements,
  hostGroup,
  hostWithoutSpot,
]);

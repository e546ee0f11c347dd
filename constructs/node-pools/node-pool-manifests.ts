import type { Manifest } from "../../addons/contract/addon";
import { INSTANCE_LABELS } from "../../fleet/nodes/karpenter";
import type { NodePool, NodePoolPlan } from "../../fleet/plan/node-pools-plan";
import { given } from "../../language/given";
import { KINDS, type NodePoolPlace, nodeClass } from "./node-class-manifest";

/** Returns the two objects of a pool that its controller reads: the class of its instances, and the pool. */
export function nodePoolManifests(
  plan: NodePoolPlan,
  place: NodePoolPlace,
  ownerTags: Readonly<Record<string, string>>,
): readonly Manifest[] {
  return [nodeClass(plan, place, ownerTags), nodePool(plan.pool)];
}

function nodePool(pool: NodePool): Manifest {
  const { group, kind } = KINDS[pool.kind];
  const { limits, name } = pool;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      template: {
        metadata: {
          labels: pool.labels,
          ...(Object.keys(pool.annotations).length > 0 && { annotations: pool.annotations }),
        },
        spec: {
          nodeClassRef: { group, kind, name },
          requirements: requirements(pool),
          expireAfter: expiry(pool),
          ...(pool.taints.length > 0 && { taints: pool.taints.map(withoutNothing) }),
          ...(pool.startup_taints.length > 0 && { startupTaints: pool.startup_taints.map(withoutNothing) }),
          ...given({ terminationGracePeriod: pool.termination_grace_period }),
        },
      },
      disruption: {
        consolidationPolicy: pool.consolidation_policy,
        consolidateAfter: pool.consolidate_after,
        ...(pool.disruption_budgets.length > 0 && { budgets: pool.disruption_budgets }),
      },
      limits: {
        ...given({
          cpu: limits.vcpus === null ? undefined : String(limits.vcpus),
          memory: limits.memory_gib === null ? undefined : `${limits.memory_gib}Gi`,
          nodes: limits.nodes === null ? undefined : String(limits.nodes),
        }),
        ...Object.fromEntries(Object.entries(limits.resources).map(([name, most]) => [name, String(most)])),
      },
      ...given({ weight: pool.weight }),
    },
  };
}

/** Returns the age of the pool's nodes. EKS Auto Mode requires one; 336h is the age of the nodes of its own pools. */
function expiry({ expire_after, kind }: NodePool): string {
  return expire_after ?? (kind === "auto_mode" ? "336h" : "Never");
}

/** Removes an empty value: a taint can have no value, but Karpenter's CRD refuses an empty one. */
function withoutNothing({ value, ...taint }: NodePool["taints"][number]) {
  return value === "" ? taint : { value, ...taint };
}

/** Returns the requirements that follow from the pool's own keys, and then those that the definition lists. */
function requirements(pool: NodePool): readonly unknown[] {
  const labels = INSTANCE_LABELS[pool.kind];
  const among = (key: string, values: readonly string[]) =>
    values.length === 0 ? [] : [{ key, operator: "In", values }];
  // Both compare strictly; the keys of a definition include their bound.
  const above = (key: string, limit: number | null) =>
    limit === null ? [] : [{ key, operator: "Gt", values: [String(limit)] }];
  const below = (key: string, limit: number | null) =>
    limit === null ? [] : [{ key, operator: "Lt", values: [String(limit)] }];
  return [
    { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
    ...among("kubernetes.io/arch", pool.architectures),
    ...among("karpenter.sh/capacity-type", pool.capacity_types),
    ...among("topology.kubernetes.io/zone", pool.availability_zones),
    ...among(`${labels}/instance-category`, pool.instance_categories),
    ...above(`${labels}/instance-generation`, pool.instance_generation_greater_than),
    ...above(`${labels}/instance-cpu`, pool.min_vcpus === null ? null : pool.min_vcpus - 1),
    ...below(`${labels}/instance-cpu`, pool.max_vcpus === null ? null : pool.max_vcpus + 1),
    ...pool.requirements.map(({ key, operator, values, min_values }) => ({
      key,
      operator,
      ...given({ values, minValues: min_values }),
    })),
  ];
}

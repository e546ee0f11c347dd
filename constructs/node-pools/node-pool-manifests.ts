import type { Manifest } from "../../addons/contract/addon";
import type { Cluster } from "../../fleet/model/cluster";
import { INSTANCE_LABELS } from "../../fleet/nodes/karpenter";
import { KINDS, type NodePool, type NodePoolPlace, nodeClass } from "./node-class-manifest";

/** A pool of nodes as the two objects that its controller reads: what it takes, and what its instances are like. */
export function nodePoolManifests(cluster: Cluster, pool: NodePool, place: NodePoolPlace): readonly Manifest[] {
  return [nodeClass(cluster, pool, place), nodePool(pool)];
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
          ...(Object.keys(pool.annotations).length === 0 ? {} : { annotations: pool.annotations }),
        },
        spec: {
          nodeClassRef: { group, kind, name },
          requirements: requirements(pool),
          expireAfter: pool.expire_after,
          ...(pool.taints.length === 0 ? {} : { taints: pool.taints.map(withoutNothing) }),
          ...(pool.startup_taints.length === 0 ? {} : { startupTaints: pool.startup_taints.map(withoutNothing) }),
          ...(pool.termination_grace_period === null ? {} : { terminationGracePeriod: pool.termination_grace_period }),
        },
      },
      disruption: {
        consolidationPolicy: pool.consolidation_policy,
        consolidateAfter: pool.consolidate_after,
        ...(pool.disruption_budgets.length === 0 ? {} : { budgets: pool.disruption_budgets }),
      },
      limits: {
        ...(limits.vcpus === null ? {} : { cpu: String(limits.vcpus) }),
        ...(limits.memory_gib === null ? {} : { memory: `${limits.memory_gib}Gi` }),
      },
      ...(pool.weight === null ? {} : { weight: pool.weight }),
    },
  };
}

/** A taint may have no value, and Karpenter's CRD takes only those of some letters. */
function withoutNothing({ value, ...taint }: NodePool["taints"][number]) {
  return value === "" ? taint : { value, ...taint };
}

/** What the typed keys say, in Karpenter's words, and then what the definition says in them itself. */
function requirements(pool: NodePool): readonly unknown[] {
  const labels = INSTANCE_LABELS[pool.kind];
  const among = (key: string, values: readonly string[]) =>
    values.length === 0 ? [] : [{ key, operator: "In", values }];
  // Both compare strictly; the keys of a definition name the last that is still taken.
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
      ...(values === undefined ? {} : { values }),
      ...(min_values === undefined ? {} : { minValues: min_values }),
    })),
  ];
}

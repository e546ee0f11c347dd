import type { Manifest } from "../../addons/addon";
import { AUTO_MODE_ROLES } from "../../fleet/auto-mode";
import type { Cluster, DeepReadonly } from "../../fleet/cluster";
import { KARPENTER_NODE_ROLE } from "../../fleet/karpenter";
import { boundedName, NAME_LIMITS } from "../../fleet/names";
import { ownershipTags } from "../cluster/ownership-tags";

export type NodePool = DeepReadonly<Cluster["tfvars"]["node_pools"][number]>;

/** Where the nodes of a pool are, known only after an apply. */
export interface NodePoolPlace {
  /** Private subnets of the pool's zones. */
  readonly subnet_ids: readonly string[];
  /** The one group of nodes of its kind. */
  readonly security_group_id: string;
}

/** The API group whose labels describe instance types, and the class of nodes of each kind. */
const KINDS = {
  karpenter: { labels: "karpenter.k8s.aws", group: "karpenter.k8s.aws", kind: "EC2NodeClass" },
  auto_mode: { labels: "eks.amazonaws.com", group: "eks.amazonaws.com", kind: "NodeClass" },
} as const satisfies Readonly<Record<NodePool["kind"], object>>;

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
        metadata: { labels: pool.labels },
        spec: {
          nodeClassRef: { group, kind, name },
          requirements: requirements(pool),
          expireAfter: pool.expire_after,
          ...(pool.taints.length === 0 ? {} : { taints: pool.taints }),
          ...(pool.startup_taints.length === 0 ? {} : { startupTaints: pool.startup_taints }),
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

/** What the typed keys say, in Karpenter's words, and then what the definition says in them itself. */
function requirements(pool: NodePool): readonly unknown[] {
  const { labels } = KINDS[pool.kind];
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

function nodeClass(cluster: Cluster, pool: NodePool, place: NodePoolPlace): Manifest {
  const { group, kind } = KINDS[pool.kind];
  return {
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name: pool.name },
    spec: {
      // By ids: a search by tags could find those of another cluster, or more than one group.
      subnetSelectorTerms: place.subnet_ids.map((id) => ({ id })),
      securityGroupSelectorTerms: [{ id: place.security_group_id }],
      tags: { ...ownershipTags(cluster), ...pool.tags },
      ...(pool.kind === "karpenter" ? ec2Settings(cluster, pool) : autoModeSettings(cluster, pool)),
    },
  };
}

function ec2Settings(cluster: Cluster, pool: NodePool) {
  return {
    amiSelectorTerms: [{ alias: imageAlias(cluster, pool) }],
    instanceProfile: boundedName(cluster.slug, KARPENTER_NODE_ROLE, NAME_LIMITS.iam_role),
    blockDeviceMappings: blockDevices(pool),
    metadataOptions: {
      httpEndpoint: "enabled",
      httpProtocolIPv6: "disabled",
      httpPutResponseHopLimit: 1, // an answer dies before it reaches a pod, so no pod gets the node's role
      httpTokens: "required",
    },
    associatePublicIPAddress: false,
    detailedMonitoring: pool.detailed_monitoring,
    ...(pool.instance_store_policy === null ? {} : { instanceStorePolicy: pool.instance_store_policy }),
    ...(pool.max_pods === null ? {} : { kubelet: { maxPods: pool.max_pods } }),
  };
}

/** The release's image and no newer one: `@latest` would replace the nodes of every cluster on the day that AWS has another. */
function imageAlias({ release: { kubernetes } }: Cluster, { ami_family }: NodePool): string {
  switch (ami_family) {
    case "AL2023":
      return `al2023@v${kubernetes.ami_release_version.split("-")[1] ?? ""}`;
    case "Bottlerocket":
      if (kubernetes.bottlerocket_version === undefined) throw new TypeError("built before it was checked");
      return `bottlerocket@v${kubernetes.bottlerocket_version.split("-")[0] ?? ""}`;
    default:
      return ami_family satisfies never;
  }
}

/** Bottlerocket keeps itself on a first, small disk, and what pods need on the second. */
function blockDevices({ ami_family, root_volume }: NodePool) {
  const disk = (deviceName: string, volumeSize: string, more: object = {}) => ({
    deviceName,
    ...more,
    ebs: {
      volumeSize,
      volumeType: "gp3",
      iops: root_volume.iops,
      throughput: root_volume.throughput_mib,
      encrypted: true,
      deleteOnTermination: true,
    },
  });
  const size = `${root_volume.size_gib}Gi`;
  return ami_family === "Bottlerocket"
    ? [disk("/dev/xvda", "4Gi"), disk("/dev/xvdb", size)]
    : [disk("/dev/xvda", size)];
}

function autoModeSettings({ slug }: Cluster, { root_volume }: NodePool) {
  return {
    role: boundedName(slug, AUTO_MODE_ROLES.custom, NAME_LIMITS.iam_role),
    ephemeralStorage: {
      size: `${root_volume.size_gib}Gi`,
      iops: root_volume.iops,
      throughput: root_volume.throughput_mib,
    },
  };
}

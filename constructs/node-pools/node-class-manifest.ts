import type { Manifest } from "../../addons/contract/addon";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster } from "../../fleet/model/cluster";
import { AUTO_MODE_ROLES } from "../../fleet/nodes/auto-mode";
import { KARPENTER_NODE_ROLE } from "../../fleet/nodes/karpenter";
import { isSet, KUBELET, type KubeletKey } from "../../fleet/nodes/kubelet";
import { poolUserData } from "../../fleet/nodes/user-data/pool";
import { ownershipTags } from "../cluster/ownership-tags";

export type NodePool = Cluster["tfvars"]["node_pools"][number];

/** Where the nodes of a pool are, known only after an apply. */
export interface NodePoolPlace {
  /** Subnets of the pool's tier and zones. */
  readonly subnet_ids: readonly string[];
  /** The one group of nodes of its kind. */
  readonly security_group_id: string;
}

/** The API group and the class of nodes of each kind. */
export const KINDS = {
  karpenter: { group: "karpenter.k8s.aws", kind: "EC2NodeClass" },
  auto_mode: { group: "eks.amazonaws.com", kind: "NodeClass" },
} as const satisfies Readonly<Record<NodePool["kind"], object>>;

/** What the instances of a pool are like. */
export function nodeClass(cluster: Cluster, pool: NodePool, place: NodePoolPlace): Manifest {
  const { group, kind } = KINDS[pool.kind];
  const { additional_security_group_ids, capacity_reservations } = pool;
  return {
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name: pool.name },
    spec: {
      // By ids: a search by tags could find those of another cluster, or more than one group.
      subnetSelectorTerms: place.subnet_ids.map((id) => ({ id })),
      securityGroupSelectorTerms: [place.security_group_id, ...additional_security_group_ids].map((id) => ({ id })),
      ...(capacity_reservations.length === 0 ? {} : { capacityReservationSelectorTerms: capacity_reservations }),
      tags: { ...ownershipTags(cluster), ...pool.tags },
      ...(pool.kind === "karpenter" ? ec2Settings(cluster, pool) : autoModeSettings(cluster, pool)),
    },
  };
}

function ec2Settings(cluster: Cluster, pool: NodePool) {
  const kubelet = kubeletSettings(pool);
  const userData = poolUserData(pool);
  return {
    ...images(cluster, pool),
    instanceProfile: boundedName(cluster.slug, KARPENTER_NODE_ROLE, NAME_LIMITS.iam_role),
    blockDeviceMappings: blockDevices(pool),
    metadataOptions: {
      httpEndpoint: "enabled",
      httpProtocolIPv6: "disabled",
      httpPutResponseHopLimit: pool.metadata_options.http_put_response_hop_limit,
      httpTokens: "required",
    },
    associatePublicIPAddress: pool.associate_public_ip_address,
    detailedMonitoring: pool.detailed_monitoring,
    ...(pool.instance_store_policy === null ? {} : { instanceStorePolicy: pool.instance_store_policy }),
    ...(pool.placement_group_name === null ? {} : { placementGroupSelector: { name: pool.placement_group_name } }),
    ...(Object.keys(kubelet).length === 0 ? {} : { kubelet }),
    ...(userData === undefined ? {} : { userData }),
  };
}

/** Images by their ids do not say what they are made from. */
function images(cluster: Cluster, pool: NodePool) {
  return pool.ami_ids.length === 0
    ? { amiSelectorTerms: [{ alias: imageAlias(cluster, pool) }] }
    : { amiFamily: pool.ami_family, amiSelectorTerms: pool.ami_ids.map((id) => ({ id })) };
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

/** As KubeletConfiguration has them. */
function kubeletSettings({
  kubelet: { pods_per_core, ...settings },
  max_pods,
}: NodePool): Readonly<Record<string, unknown>> {
  const said = Object.entries(settings)
    .filter(([, value]) => isSet(value))
    .map(([key, value]) => [KUBELET[key as KubeletKey].config, value]);
  return {
    ...(max_pods === null ? {} : { maxPods: max_pods }),
    ...(pods_per_core === null ? {} : { podsPerCore: pods_per_core }),
    ...Object.fromEntries(said),
  };
}

/** Bottlerocket keeps itself on a first, small disk, and what pods need on the second. */
function blockDevices({ ami_family, data_volumes, root_volume }: NodePool) {
  const { iops, kms_key_arn, size_gib, throughput_mib } = root_volume;
  const key = kms_key_arn === null ? {} : { kmsKeyID: kms_key_arn };
  const disk = (deviceName: string, volumeSize: string) => ({
    deviceName,
    ebs: {
      volumeSize,
      volumeType: "gp3",
      iops,
      throughput: throughput_mib,
      ...key,
      encrypted: true,
      deleteOnTermination: true,
    },
  });
  const size = `${size_gib}Gi`;
  const own =
    ami_family === "Bottlerocket" ? [disk("/dev/xvda", "4Gi"), disk("/dev/xvdb", size)] : [disk("/dev/xvda", size)];
  return [
    ...own,
    ...data_volumes.map((volume) => ({
      deviceName: volume.device_name,
      ebs: {
        volumeSize: `${volume.size_gib}Gi`,
        volumeType: volume.volume_type,
        ...(volume.iops === undefined ? {} : { iops: volume.iops }),
        ...(volume.throughput_mib === undefined ? {} : { throughput: volume.throughput_mib }),
        ...(volume.kms_key_arn === undefined ? {} : { kmsKeyID: volume.kms_key_arn }),
        ...(volume.snapshot_id === undefined ? {} : { snapshotID: volume.snapshot_id }),
        encrypted: true,
        deleteOnTermination: volume.delete_on_termination,
      },
    })),
  ];
}

function autoModeSettings({ slug }: Cluster, pool: NodePool) {
  const { fips, network_policy, network_policy_event_logs, root_volume, snat_policy } = pool;
  return {
    role: boundedName(slug, AUTO_MODE_ROLES.custom, NAME_LIMITS.iam_role),
    ephemeralStorage: {
      size: `${root_volume.size_gib}Gi`,
      iops: root_volume.iops,
      throughput: root_volume.throughput_mib,
      ...(root_volume.kms_key_arn === null ? {} : { kmsKeyID: root_volume.kms_key_arn }),
    },
    ...(snat_policy === null ? {} : { snatPolicy: snat_policy }),
    ...(network_policy === null ? {} : { networkPolicy: network_policy }),
    ...(network_policy_event_logs === null ? {} : { networkPolicyEventLogs: network_policy_event_logs }),
    ...(fips ? { advancedSecurity: { fips: true } } : {}),
  };
}

import type { Manifest } from "../../addons/contract/addon";
import { isSet, KUBELET, type KubeletKey } from "../../fleet/nodes/kubelet";
import { poolUserData } from "../../fleet/nodes/user-data/pool";
import type { NodePool, NodePoolPlan } from "../../fleet/plan/node-pools-plan";
import { given } from "../../language/given";

/** Subnets and security group of a pool's nodes, known only after an apply. */
export interface NodePoolPlace {
  /** Subnets of the pool's tier and zones. */
  readonly subnetIds: readonly string[];
  /** The security group of all nodes of the pool's kind. */
  readonly securityGroupId: string;
}

type Tags = Readonly<Record<string, string>>;

/** The API group and the kind of node class for each kind of pool. */
export const KINDS = {
  karpenter: { group: "karpenter.k8s.aws", kind: "EC2NodeClass" },
  auto_mode: { group: "eks.amazonaws.com", kind: "NodeClass" },
} as const satisfies Readonly<Record<NodePool["kind"], object>>;

/** Returns the node class of a pool, which describes its instances. */
export function nodeClass(plan: NodePoolPlan, place: NodePoolPlace, ownerTags: Tags): Manifest {
  const { pool } = plan;
  const { group, kind } = KINDS[pool.kind];
  const { additional_security_group_ids, capacity_reservations } = pool;
  return {
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name: pool.name },
    spec: {
      // By ids: tags could also select subnets of another cluster, or more than one group.
      subnetSelectorTerms: place.subnetIds.map((id) => ({ id })),
      securityGroupSelectorTerms: [place.securityGroupId, ...additional_security_group_ids].map((id) => ({ id })),
      ...(capacity_reservations.length > 0 && { capacityReservationSelectorTerms: capacity_reservations }),
      tags: { ...ownerTags, ...pool.tags },
      ...(pool.kind === "karpenter" ? ec2Settings(plan) : autoModeSettings(plan)),
    },
  };
}

function ec2Settings(plan: NodePoolPlan) {
  const { pool } = plan;
  const kubelet = kubeletSettings(pool);
  return {
    ...images(plan),
    instanceProfile: plan.nodeRole,
    blockDeviceMappings: blockDevices(pool),
    metadataOptions: {
      httpEndpoint: "enabled",
      httpProtocolIPv6: "disabled",
      httpPutResponseHopLimit: pool.metadata_options.http_put_response_hop_limit,
      httpTokens: "required",
    },
    associatePublicIPAddress: pool.associate_public_ip_address,
    detailedMonitoring: pool.detailed_monitoring,
    ...given({
      instanceStorePolicy: pool.instance_store_policy,
      placementGroupSelector: pool.placement_group_name === null ? undefined : { name: pool.placement_group_name },
      kubelet: Object.keys(kubelet).length === 0 ? undefined : kubelet,
      userData: poolUserData(pool),
    }),
  };
}

/** Karpenter cannot derive the family of an image from its id. */
function images({ imageAlias, pool }: NodePoolPlan) {
  return imageAlias === null
    ? { amiFamily: pool.ami_family, amiSelectorTerms: pool.ami_ids.map((id) => ({ id })) }
    : { amiSelectorTerms: [{ alias: imageAlias }] };
}

/** Returns the kubelet's settings as KubeletConfiguration spells them. */
function kubeletSettings({
  kubelet: { pods_per_core, ...settings },
  max_pods,
}: NodePool): Readonly<Record<string, unknown>> {
  const said = Object.entries(settings)
    .filter(([, value]) => isSet(value))
    .map(([key, value]) => [KUBELET[key as KubeletKey].config, value]);
  return {
    ...given({ maxPods: max_pods, podsPerCore: pods_per_core }),
    ...Object.fromEntries(said),
  };
}

/** Bottlerocket has its operating system on a first, small disk, and the data of pods on the second. */
function blockDevices({ ami_family, data_volumes, root_volume }: NodePool) {
  const { iops, kms_key_arn, size_gib, throughput_mib } = root_volume;
  const key = given({ kmsKeyID: kms_key_arn });
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
        ...given({
          iops: volume.iops,
          throughput: volume.throughput_mib,
          kmsKeyID: volume.kms_key_arn,
          snapshotID: volume.snapshot_id,
        }),
        encrypted: true,
        deleteOnTermination: volume.delete_on_termination,
      },
    })),
  ];
}

function autoModeSettings({ nodeRole, pool }: NodePoolPlan) {
  const { fips, network_policy, network_policy_event_logs, root_volume, snat_policy } = pool;
  return {
    role: nodeRole,
    ephemeralStorage: {
      size: `${root_volume.size_gib}Gi`,
      iops: root_volume.iops,
      throughput: root_volume.throughput_mib,
      ...given({ kmsKeyID: root_volume.kms_key_arn }),
    },
    ...given({
      snatPolicy: snat_policy,
      networkPolicy: network_policy,
      networkPolicyEventLogs: network_policy_event_logs,
      advancedSecurity: fips ? { fips: true } : undefined,
    }),
  };
}

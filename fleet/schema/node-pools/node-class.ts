import { z } from "zod";
import { kmsKeyArn } from "../../../language/words/arns";
import { placementGroupName, resourceId, securityGroupId } from "../../../language/words/aws-ids";
import { tagMap } from "../../../language/words/tags";
import { rawValues } from "../../../language/words/text";
import { kubelet } from "../workers/kubelet";
import { script } from "../workers/operating-system";
import { dataVolume } from "../workers/volumes";

/** The kubelet settings that Karpenter supports, which are fewer than those of worker groups. */
const poolKubelet = kubelet
  .pick({
    kube_reserved: true,
    system_reserved: true,
    eviction_hard: true,
    eviction_soft: true,
    eviction_soft_grace_period: true,
    eviction_max_pod_grace_period_seconds: true,
    image_gc_high_threshold_percent: true,
    image_gc_low_threshold_percent: true,
    cpu_cfs_quota: true,
    cluster_dns: true,
  })
  .extend({
    pods_per_core: z
      .int()
      .min(1)
      .max(100)
      .nullable()
      .describe("Maximum number of pods for each vCPU of a node; null for no limit."),
  });

const reservation = z.strictObject({
  id: resourceId("cr", "a capacity reservation").optional().describe("Id of one reservation, or of a capacity block."),
  tags: tagMap.optional().describe("Tags by which Karpenter or Auto Mode finds reservations, instead of the id."),
});

/** Settings of a pool's instances: the node class with the pool's name. */
export const nodeClass = {
  ami_ids: z
    .array(resourceId("ami", "an image"))
    .max(10)
    .describe(
      "Your own images, built from ami_family, one for each architecture. Empty uses the release's. Karpenter only.",
    ),
  subnet_tier: z
    .enum(["private", "public", "intra"])
    .describe("Subnets of the nodes. public requires associate_public_ip_address."),
  associate_public_ip_address: z.boolean().describe("Gives each node a public address. Karpenter only."),
  additional_security_group_ids: z
    .array(securityGroupId)
    .max(4)
    .describe(
      "Existing security groups, in addition to the one of all nodes. None may have the tag kubernetes.io/cluster/<name>.",
    ),
  capacity_reservations: z
    .array(reservation)
    .max(30)
    .describe("Reservations that the capacity type reserved uses; empty for none."),
  root_volume: z
    .strictObject({
      size_gib: z.int().min(20).max(65_536).describe("Size in GiB."),
      iops: z.int().min(3000).max(80_000).describe("Operations a second; gp3 includes 3000."),
      throughput_mib: z.int().min(125).max(2000).describe("MiB a second; gp3 includes 125."),
      kms_key_arn: kmsKeyArn
        .nullable()
        .describe(
          "KMS key that encrypts the volume; null uses the account's key for EBS. Its policy must let EC2 use it.",
        ),
    })
    .describe("The volume of images, logs and emptyDirs: gp3, always encrypted."),
  data_volumes: z
    .array(dataVolume.omit({ mount_path: true }))
    .max(20)
    .describe("Further EBS volumes of each node, always encrypted. Karpenter only."),
  instance_store_policy: z
    .enum(["RAID0"])
    .nullable()
    .describe(
      "RAID0 combines the disks of an instance into one, for pods and images; null leaves them unused. Karpenter only.",
    ),
  placement_group_name: placementGroupName
    .nullable()
    .describe("Existing placement group for all instances; null for none. Karpenter only."),
  metadata_options: z
    .strictObject({
      http_put_response_hop_limit: z
        .int()
        .min(1)
        .max(64)
        .describe(
          "Hops that a response of the instance metadata service may travel. With 2, every pod has the node's role.",
        ),
    })
    .describe("The instance metadata service. Karpenter only; tokens are always required."),
  max_pods: z
    .int()
    .min(1)
    .max(737)
    .nullable()
    .describe("Maximum number of pods on a node; null for as many as fit. Karpenter only."),
  kubelet: poolKubelet.describe("Settings of the kubelet, as in a worker group. Karpenter only."),
  pre_bootstrap_script: script
    .nullable()
    .describe("Shell script that runs on AL2023 before the node joins; null for none. Never a secret. Karpenter only."),
  node_config: rawValues.describe("Further settings of nodeadm on AL2023, as in a worker group. Karpenter only."),
  bottlerocket_settings: rawValues.describe("Further settings of Bottlerocket, as in a worker group. Karpenter only."),
  detailed_monitoring: z.boolean().describe("Metrics of the instances every minute, at a price. Karpenter only."),
  snat_policy: z
    .enum(["Random", "Disabled"])
    .nullable()
    .describe("Random: pods leave the VPC by the address of their node. null leaves it to EKS. Auto Mode only."),
  network_policy: z
    .enum(["DefaultAllow", "DefaultDeny"])
    .nullable()
    .describe("Traffic of pods that no NetworkPolicy selects; null leaves it to EKS. Auto Mode only."),
  network_policy_event_logs: z
    .enum(["Enabled", "Disabled"])
    .nullable()
    .describe("Logs the traffic that network policies allow; null leaves it to EKS. Auto Mode only."),
  fips: z.boolean().describe("Images with validated cryptography, in regions of the US. Auto Mode only."),
  tags: tagMap.describe("Further AWS tags of instances and volumes."),
};

import { z } from "zod";
import { type AddonContext, defineEksAddon, type PolicyStatement } from "./addon";

/** Name of the class that volumes get by default; other addons ask for it by name. */
export const STORAGE_CLASS = "gp3";

/** The EKS add-on gives its driver the cluster's name, and from 1.58 the driver puts it on all that it makes. */
const CLUSTER_TAG = "ebs.csi.aws.com/cluster-name";

const options = z.strictObject({
  default_storage_class: z.boolean().describe("Volumes that name no storage class get gp3."),
  volume_tags: z
    .record(z.string().min(1).max(128), z.string().max(256))
    .describe("Further AWS tags on every volume and snapshot."),
});

/**
 * AWS's AmazonEBSCSIDriverPolicyV2, narrowed to one cluster. Left out: volumes of the in-tree driver, which no cluster of ours
 * ever had, and fast restores and locks of snapshots, which cost money or cannot be undone.
 */
function permissions({ account_id, cluster_name, partition, region }: AddonContext): readonly PolicyStatement[] {
  const arn = (resource: string, account = account_id) => `arn:${partition}:ec2:${region}:${account}:${resource}`;
  const volumes = arn("volume/*");
  const snapshots = arn("snapshot/*", "*"); // the ARN of a snapshot has no account in some calls
  const tagged = { StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: cluster_name } };
  const ours = { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster_name } };
  return [
    {
      sid: "Read", // EC2 does not limit describing to some resources
      actions: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeSnapshots",
        "ec2:DescribeVolumes",
        "ec2:DescribeVolumesModifications",
        "ec2:DescribeVolumeStatus",
      ],
      resources: ["*"],
    },
    { sid: "CreateVolumes", actions: ["ec2:CreateVolume", "ec2:CopyVolumes"], resources: [volumes], condition: tagged },
    { sid: "CreateSnapshots", actions: ["ec2:CreateSnapshot"], resources: [snapshots], condition: tagged },
    {
      sid: "FromOurVolumes",
      actions: ["ec2:CopyVolumes", "ec2:CreateSnapshot"],
      resources: [volumes],
      condition: ours,
    },
    { sid: "FromOurSnapshots", actions: ["ec2:CreateVolume"], resources: [snapshots], condition: ours },
    {
      sid: "ManageOurVolumes",
      actions: ["ec2:AttachVolume", "ec2:DeleteVolume", "ec2:DetachVolume", "ec2:ModifyVolume"],
      resources: [volumes],
      condition: ours,
    },
    {
      sid: "OnOurNodes", // the Auto Scaling groups of the cluster put the tag on every node
      actions: ["ec2:AttachVolume", "ec2:DetachVolume"],
      resources: [arn("instance/*")],
      condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster_name}`]: "owned" } },
    },
    { sid: "DeleteOurSnapshots", actions: ["ec2:DeleteSnapshot"], resources: [snapshots], condition: ours },
    {
      sid: "TagWhatItCreates",
      actions: ["ec2:CreateTags"],
      resources: [volumes, snapshots],
      condition: {
        StringEquals: {
          "ec2:CreateAction": ["CreateVolume", "CreateSnapshot", "CopyVolumes"],
          [`aws:RequestTag/${CLUSTER_TAG}`]: cluster_name,
        },
      },
    },
    {
      sid: "RetagOurVolumes", // but never with the tags that say whose they are
      actions: ["ec2:CreateTags", "ec2:DeleteTags"],
      resources: [volumes],
      condition: {
        ...ours,
        Null: { "aws:TagKeys": "false" },
        "ForAllValues:StringNotEquals": {
          "aws:TagKeys": ["ebs.csi.aws.com/cluster", CLUSTER_TAG, `kubernetes.io/cluster/${cluster_name}`],
        },
      },
    },
  ];
}

/** Volumes on Amazon EBS, and the storage class that uses them. */
export const awsEbsCsiDriver = defineEksAddon({
  name: "aws_ebs_csi_driver",
  eks_name: "aws-ebs-csi-driver",
  summary: "Persistent volumes on Amazon EBS: encrypted gp3 by default",
  namespace: "kube-system",
  requires: [],
  after: ["coredns"],
  conflicts_with: [],
  options,
  service_account: "ebs-csi-controller-sa",
  permissions,
  // The chart's own defaults tolerate system nodes, spread the controller and keep a disruption budget.
  values: ({ service_level }, { volume_tags }) => ({
    controller: { replicaCount: service_level.replicas, extraVolumeTags: volume_tags },
  }),
  manifests: (_context, { default_storage_class }) => [
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: {
        name: STORAGE_CLASS,
        annotations: { "storageclass.kubernetes.io/is-default-class": String(default_storage_class) },
      },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer", // a volume is made in the zone of its pod, not before
      allowVolumeExpansion: true,
    },
  ],
});

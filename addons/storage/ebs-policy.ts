import type { PolicyStatement } from "../../language/words/iam";
import type { AddonContext } from "../contract/addon-context";

/** The EKS add-on gives its driver the cluster's name, and from 1.58 the driver puts it on all that it makes. */
export const CLUSTER_TAG = "ebs.csi.aws.com/cluster-name";

/**
 * AWS's AmazonEBSCSIDriverPolicyV2, narrowed to one cluster. Left out: volumes of the in-tree driver, which no cluster of ours
 * ever had, and fast restores and locks of snapshots, which cost money or cannot be undone.
 */
export function ebsPermissions(
  { account_id, cluster_name, partition, region }: AddonContext,
  keys: readonly string[],
): readonly PolicyStatement[] {
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
    ...(keys.length === 0 ? [] : useOfKeys(keys)),
  ];
}

/** Keys of the definition's own: EBS takes grants of them, and uses them for nothing but volumes. */
export function useOfKeys(keys: readonly string[]): readonly PolicyStatement[] {
  return [
    {
      sid: "GrantKeysToVolumes",
      actions: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      resources: keys,
      condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    {
      sid: "EncryptVolumes",
      actions: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      resources: keys,
    },
  ];
}

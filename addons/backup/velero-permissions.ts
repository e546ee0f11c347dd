import type { PolicyStatement } from "../../language/words/iam";
import type { AddonContext } from "../contract/addon-context";
import { CLUSTER_TAG, useOfKeys } from "../storage/ebs-policy";

interface Snapshots {
  readonly volumes: "ebs_snapshots" | "files" | "none";
  readonly volume_key_arns: readonly string[];
}

/**
 * Snapshots of the cluster's own volumes, which have the EBS driver's tag; Velero copies it to the snapshots, and from them to the
 * volumes that it restores. Another cluster restores them by `restore_from` of its own definition.
 */
export function veleroPermissions(
  context: AddonContext,
  { volume_key_arns, volumes }: Snapshots,
): readonly PolicyStatement[] {
  if (volumes !== "ebs_snapshots") return [];
  const { account_id, cluster_name, partition, region } = context;
  const arn = (resource: string, account: string) => `arn:${partition}:ec2:${region}:${account}:${resource}`;
  const volume = arn("volume/*", account_id);
  const snapshot = arn("snapshot/*", "*"); // the ARN of a snapshot has no account in some calls
  const tagged = { StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: cluster_name } };
  const ours = { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster_name } };
  return [
    {
      sid: "Read", // EC2 does not limit describing to some resources
      actions: ["ec2:DescribeSnapshots", "ec2:DescribeVolumes"],
      resources: ["*"],
    },
    { sid: "SnapshotOurVolumes", actions: ["ec2:CreateSnapshot"], resources: [volume], condition: ours },
    { sid: "CreateSnapshots", actions: ["ec2:CreateSnapshot"], resources: [snapshot], condition: tagged },
    { sid: "DeleteOurSnapshots", actions: ["ec2:DeleteSnapshot"], resources: [snapshot], condition: ours },
    { sid: "RestoreOurSnapshots", actions: ["ec2:CreateVolume"], resources: [snapshot], condition: ours },
    { sid: "CreateVolumes", actions: ["ec2:CreateVolume"], resources: [volume], condition: tagged },
    {
      sid: "TagWhatItCreates",
      actions: ["ec2:CreateTags"],
      resources: [volume, snapshot],
      condition: {
        StringEquals: {
          "ec2:CreateAction": ["CreateSnapshot", "CreateVolume"],
          [`aws:RequestTag/${CLUSTER_TAG}`]: cluster_name,
        },
      },
    },
    ...useOfKeys(context, volume_key_arns),
  ];
}

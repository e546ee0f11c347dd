import { z } from "zod";
import { kmsKeyArn } from "../../language/words/arns";
import { regionName } from "../../language/words/aws-ids";
import type { PolicyStatement } from "../../language/words/iam";
import { clusterName, slugOf } from "../../language/words/names";
import { bucketName } from "../../language/words/s3";
import type { Values } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";
import { type AddonFinding, reportOption } from "../contract/rule";
import { createdBucketName } from "../parts/bucket";
import { CLUSTER_TAG } from "../storage/ebs-policy";

/** For options: the backups of another cluster. */
export const restoreFrom = z
  .strictObject({
    cluster_name: clusterName.describe(
      "CLUSTER_NAME of the cluster that wrote the backups. Its snapshots can be restored.",
    ),
    bucket: bucketName.describe("Its bucket."),
    kms_key_arn: kmsKeyArn
      .nullable()
      .describe("KMS key that encrypts the bucket. null if the bucket has no key of its own."),
    region: regionName
      .optional()
      .describe("Region of the bucket. Snapshots can be restored in their own region only. Default: the cluster's."),
  })
  .nullable()
  .describe(
    "Backups of another cluster of the account, to restore them into this one. Velero adds the read-only backup location other. There is no restore drill meanwhile. null for none.",
  );

type RestoreFrom = z.output<typeof restoreFrom>;

/** Returns the backup location that Velero reads and does not write to. */
export function otherLocations({ region }: AddonContext, from: RestoreFrom): readonly Values[] {
  if (from === null) return [];
  const { bucket, region: its = region } = from;
  return [{ name: "other", provider: "aws", bucket, accessMode: "ReadOnly", config: { region: its } }];
}

/**
 * Returns what a restore of another cluster's backups requires. Velero stores the log of a restore beside the backup, whatever the
 * access mode of its location, and copies the tags of a snapshot to the volume.
 */
export function restorePermissions(
  context: AddonContext,
  from: RestoreFrom,
  snapshots: boolean,
): readonly PolicyStatement[] {
  if (from === null) return [];
  const { account_id, partition, region } = context;
  const bucket = `arn:${partition}:s3:::${from.bucket}`;
  const ec2 = (resource: string, account: string): string => `arn:${partition}:ec2:${region}:${account}:${resource}`;
  const name = slugOf(from.cluster_name);
  const tagged = (of: "RequestTag" | "ResourceTag") => ({ [`aws:${of}/${CLUSTER_TAG}`]: name });
  return [
    { sid: "ListTheOtherBucket", actions: ["s3:GetBucketLocation", "s3:ListBucket"], resources: [bucket] },
    { sid: "ReadItsBackups", actions: ["s3:GetObject"], resources: [`${bucket}/*`] },
    { sid: "KeepLogsOfRestores", actions: ["s3:DeleteObject", "s3:PutObject"], resources: [`${bucket}/restores/*`] },
    ...(from.kms_key_arn === null
      ? []
      : [{ sid: "UseItsKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [from.kms_key_arn] }]),
    ...(snapshots
      ? [
          {
            sid: "RestoreItsSnapshots",
            actions: ["ec2:CreateVolume"],
            resources: [ec2("snapshot/*", "*")],
            condition: { StringEquals: tagged("ResourceTag") },
          },
          {
            sid: "CreateItsVolumes",
            actions: ["ec2:CreateVolume"],
            resources: [ec2("volume/*", account_id)],
            condition: { StringEquals: tagged("RequestTag") },
          },
          {
            sid: "TagItsVolumes",
            actions: ["ec2:CreateTags"],
            resources: [ec2("volume/*", account_id)],
            condition: { StringEquals: { "ec2:CreateAction": "CreateVolume", ...tagged("RequestTag") } },
          },
        ]
      : []),
  ];
}

/** Reports a bucket that is the cluster's own, to which Velero must write. */
export function ownBucket(
  subject: AddonSubject,
  { bucket, restore_from }: { readonly bucket: { readonly name: string } | null; readonly restore_from: RestoreFrom },
): AddonFinding[] {
  const own = bucket?.name ?? createdBucketName(subject, "velero");
  return reportOption(
    restore_from?.bucket === own,
    "restore_from",
    `names the bucket of this cluster's own backups, ${own}, which can be restored already. Remove it`,
  );
}

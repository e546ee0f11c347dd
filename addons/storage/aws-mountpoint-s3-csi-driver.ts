import { z } from "zod";
import { kmsKeyArn } from "../../language/words/arns";
import type { PolicyStatement } from "../../language/words/iam";
import { bucketName } from "../../language/words/s3";
import { defineEksAddon } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { reportItems, reportKey, reportOption } from "../contract/rule";

const options = z.strictObject({
  read_buckets: z.array(bucketName).describe("Buckets that every pod of the cluster may mount read-only."),
  write_buckets: z
    .array(bucketName)
    .describe("Buckets that every pod of the cluster may mount for reading and writing."),
  kms_key_arns: z.array(kmsKeyArn).describe("Your own KMS keys that encrypt these buckets."),
});

type Options = z.output<typeof options>;

/** Returns the permissions from the driver's documentation. None without a bucket: then each pod's own role applies. */
function permissions(
  { partition }: AddonContext,
  { kms_key_arns, read_buckets, write_buckets }: Options,
): readonly PolicyStatement[] {
  const arn = (name: string) => `arn:${partition}:s3:::${name}`;
  const all = [...read_buckets, ...write_buckets];
  const objects = (sid: string, names: readonly string[], actions: readonly string[]) =>
    names.length === 0 ? [] : [{ sid, actions, resources: names.map((name) => `${arn(name)}/*`) }];
  if (all.length === 0) return [];
  return [
    { sid: "ListBuckets", actions: ["s3:ListBucket"], resources: all.map(arn) },
    ...objects("ReadObjects", all, ["s3:GetObject"]),
    ...objects("WriteObjects", write_buckets, ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"]),
    ...(kms_key_arns.length === 0
      ? []
      : [
          {
            sid: "UseTheirKeys",
            actions: write_buckets.length === 0 ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: kms_key_arns,
          },
        ]),
  ];
}

/** Buckets as volumes. Each mount runs in a pod of its own, in the namespace mount-s3 that the add-on makes. */
export const awsMountpointS3CsiDriver = defineEksAddon({
  name: "aws_mountpoint_s3_csi_driver",
  eks_name: "aws-mountpoint-s3-csi-driver",
  summary: "Amazon S3 buckets as volumes",
  namespace: "kube-system",
  daemon_pods: () => 1,
  release_notes: "https://github.com/awslabs/mountpoint-s3-csi-driver/releases/tag/", // v2.7.0
  requires: [],
  after: ["coredns"],
  needs_nodes: "mounts buckets on nodes",
  conflicts_with: [],
  needs_ec2: "mounts buckets on instances of EC2",
  options,
  service_account: "s3-csi-driver-sa",
  checks: [
    (_, { read_buckets, write_buckets }) =>
      reportItems(["options", "read_buckets"], read_buckets, [
        (name) =>
          reportKey(
            write_buckets.includes(name),
            [],
            `${name} is also in write_buckets, which includes reading. Remove one of them`,
          ),
      ]),
    (_, { kms_key_arns, read_buckets, write_buckets }) =>
      reportOption(
        kms_key_arns.length > 0 && read_buckets.length + write_buckets.length === 0,
        "kms_key_arns",
        "has no effect because read_buckets and write_buckets are empty. Add a bucket, or remove it",
      ),
  ],
  permissions,
  // The chart's own defaults (2.7.0): on every Linux node, whatever its taints.
  values: () => ({}),
});

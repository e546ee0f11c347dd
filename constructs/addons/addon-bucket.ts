import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Addon } from "../../addons/contract/addon";
import type { AddonContext } from "../../addons/contract/addon-context";
import type { PolicyStatement } from "../../language/words/iam";
import { PrivateBucket } from "../storage/private-bucket";

/** A bucket as the role sees it that uses it. */
export interface BucketAccess {
  readonly name: string;
  /** Null where the bucket has no key of its own. */
  readonly keyArn: string | null;
  readonly ready: readonly ITerraformDependable[];
}

/** The bucket of an addon that keeps something in S3: made here, or one that the definition names. */
export function addonBucket(
  scope: Construct,
  { addon, context, options }: { readonly addon: Addon; readonly context: AddonContext; readonly options: unknown },
): BucketAccess | undefined {
  const wanted = addon.bucket?.(context, options);
  if (wanted === undefined) return undefined;
  if (wanted.existing !== null) {
    const { name, kms_key_arn } = wanted.existing;
    return { name, keyArn: kms_key_arn, ready: [] };
  }
  const { partition, account_id } = context;
  const name = context.bucket_name(addon.name);
  return new PrivateBucket(scope, "bucket", {
    name,
    partition,
    account_id,
    expire_days: wanted.expire_days,
    encryption: { by: "own key", statements: [] },
    statements: [],
  });
}

/** What it takes to keep objects in a bucket, and nothing that changes the bucket itself. */
export function bucketPermissions(partition: string, { name, keyArn }: BucketAccess): readonly PolicyStatement[] {
  const arn = `arn:${partition}:s3:::${name}`;
  const key: PolicyStatement[] =
    keyArn === null
      ? []
      : [{ sid: "UseTheKeyOfTheBucket", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] }];
  return [
    {
      sid: "ListTheBucket",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [arn],
    },
    {
      sid: "KeepObjects",
      actions: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      resources: [`${arn}/*`],
    },
    ...key,
  ];
}

import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Addon } from "../../addons/contract/addon";
import type { AddonContext } from "../../addons/contract/addon-context";
import { createdBucketName } from "../../addons/parts/bucket";
import type { Owner } from "../../fleet/plan/owner";
import type { PolicyStatement } from "../../language/words/iam";
import { leaveBucketBehind, PrivateBucket } from "../storage/private-bucket";

/** A bucket, as a role that uses it needs it. */
export interface BucketAccess {
  readonly name: string;
  /** Null if the bucket has no key of its own. */
  readonly keyArn: string | null;
  readonly ready: readonly ITerraformDependable[];
}

/** Returns the bucket of an addon that stores data in S3: a new one, or one that the definition names. */
export function addonBucket(
  scope: Construct,
  {
    addon,
    context,
    options,
    owner,
  }: { readonly addon: Addon; readonly context: AddonContext; readonly options: unknown; readonly owner: Owner },
): BucketAccess | undefined {
  if (addon.bucket === undefined) return undefined;
  const wanted = addon.bucket(context, options);
  if (wanted === undefined || wanted.existing !== null) leaveBucketBehind(scope, "bucket");
  if (wanted === undefined) return undefined;
  if (wanted.existing !== null) {
    const { name, kms_key_arn } = wanted.existing;
    return { name, keyArn: kms_key_arn, ready: [] };
  }
  const name = createdBucketName(context, addon.name);
  return new PrivateBucket(scope, "bucket", {
    name,
    owner,
    expireDays: wanted.expire_days,
    encryption: { by: "own key", statements: [] },
    statements: [],
  });
}

/** Returns the permissions to store objects in a bucket. None of them changes the bucket itself. */
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

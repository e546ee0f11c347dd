import { z } from "zod";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import { kmsKeyArn } from "../../language/words/arns";
import { bucketName } from "../../language/words/s3";
import type { AddonSubject } from "../contract/addon-context";
import type { AddonBucket } from "../contract/addon-parts";

/** For options: a bucket that was there before the addon. */
export const existingBucket = z
  .strictObject({
    name: bucketName.describe("Name of the bucket."),
    kms_key_arn: kmsKeyArn
      .nullable()
      .describe("Your own KMS key that encrypts the bucket. The addon's role may use it. null if it has none."),
  })
  .nullable();

/** The bucket that an option names, or one of the cluster's own, whose objects go after some days or when the addon deletes them. */
export function bucketOf(existing: z.output<typeof existingBucket>, expire_days: number | null): AddonBucket {
  return { existing, expire_days };
}

/**
 * Returns the name of the bucket that is created for an addon or an extra chart. All AWS accounts share the names of buckets, so
 * it contains the account's id.
 */
export function createdBucketName(
  { account_id, cluster_name }: Pick<AddonSubject, "account_id" | "cluster_name">,
  owner: string,
): string {
  return boundedName(cluster_name, `${owner.replaceAll("_", "-")}-${account_id}`, NAME_LIMITS.s3_bucket);
}

import { z } from "zod";
import { kmsKeyArn } from "../../language/words/arns";
import { bucketName } from "../../language/words/s3";
import type { AddonBucket } from "../contract/addon";

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

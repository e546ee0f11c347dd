import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { defineStack, z } from "cluster-fleet/contracts";

/** A bucket that only the cluster's network can read, and a parameter with which pipelines find it. */
export default defineStack({
  summary: "A bucket for build artifacts, which can be read from the cluster's network only",
  reads: ["networking", "eks-cluster"],
  options: z.strictObject({
    keep: z.boolean().default(true).describe("Refuses to delete the bucket while it has objects."),
  }),
  build(stack, { from: { networking, "eks-cluster": eks }, options, owner }) {
    const bucket = new S3Bucket(stack, "bucket", {
      bucket: `${owner.slug}-artifacts-${owner.accountId}`,
      forceDestroy: !options.keep,
    });
    new S3BucketPublicAccessBlock(stack, "public-access", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(stack, "policy", {
      bucket: bucket.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OnlyFromTheNetwork",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: `${bucket.arn}/*`,
            Condition: { StringNotEquals: { "aws:SourceVpc": networking.vpc_id } },
          },
        ],
      }),
    });
    new SsmParameter(stack, "parameter", {
      name: `/clusters/${owner.slug}/artifacts`,
      type: "String",
      value: JSON.stringify({ bucket: bucket.bucket, cluster: eks.name, endpoint: eks.endpoint }),
    });
  },
});

import type { FlowLogConfig, FlowLogDestinationOptions } from "@cdktf/provider-aws/lib/flow-log";
import type { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Networking } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import type { PolicyDocumentStatement } from "../iam/policy";
import { type BucketEncryption, leaveBucketBehind, PrivateBucket } from "../storage/private-bucket";

/** Service that writes flow logs to S3, in every partition. */
const LOG_DELIVERY = "delivery.logs.amazonaws.com";

export interface FlowLogBucketProps {
  readonly owner: Owner;
  readonly settings: Networking["flow_logs"];
}

/** Creates the bucket for the flow logs of one VPC, or uses an existing one, whose policy is left to its owner. */
export function flowLogBucket(scope: Construct, { owner, settings }: FlowLogBucketProps): Partial<FlowLogConfig> {
  const { accountId, partition, region, slug } = owner;
  const { kms_key, retention_days, s3 } = settings;
  const destination = { logDestinationType: "s3", destinationOptions: destinationOptions(s3) };
  if (s3.bucket_arn !== null) {
    leaveBucketBehind(scope, "bucket");
    return { ...destination, logDestination: s3.bucket_arn };
  }

  // Bucket names are shared by all of AWS: the account's id makes ours unique.
  const name = boundedName(slug, `flow-logs-${accountId}`, NAME_LIMITS.s3_bucket);
  const arn = `arn:${partition}:s3:::${name}`;
  const forThisAccount = {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${accountId}:*` },
  };
  const bucket = new PrivateBucket(scope, "bucket", {
    name,
    owner,
    expireDays: retention_days === 0 ? null : retention_days,
    encryption: encryption(kms_key, forThisAccount),
    statements: [
      {
        Sid: "LogDeliveryWrites",
        Effect: "Allow",
        Principal: { Service: LOG_DELIVERY },
        Action: "s3:PutObject",
        Resource: `${arn}/AWSLogs/${s3.hive_compatible_partitions ? "aws-account-id=" : ""}${accountId}/*`,
        Condition: {
          ...forThisAccount,
          StringEquals: { ...forThisAccount.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" },
        },
      },
      {
        Sid: "LogDeliveryLooks",
        Effect: "Allow",
        Principal: { Service: LOG_DELIVERY },
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: arn,
        Condition: forThisAccount,
      },
    ],
  });
  return { ...destination, logDestination: arn, dependsOn: [...bucket.ready] };
}

function destinationOptions(s3: Networking["flow_logs"]["s3"]): FlowLogDestinationOptions {
  return {
    fileFormat: s3.file_format,
    hiveCompatiblePartitions: s3.hive_compatible_partitions,
    perHourPartition: s3.per_hour_partition,
  };
}

function encryption(
  key: Networking["flow_logs"]["kms_key"],
  condition: PolicyDocumentStatement["Condition"],
): BucketEncryption {
  if (key === null) return { by: "s3" };
  if (key !== "own") return { by: "existing key", arn: key };
  const delivery: PolicyDocumentStatement = {
    Sid: "LogDelivery",
    Effect: "Allow",
    Principal: { Service: LOG_DELIVERY },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: "*",
    ...given({ Condition: condition }),
  };
  return { by: "own key", statements: [delivery] };
}

import { z } from "zod";
import { ownOrKmsKey } from "../../../language/words/arns";
import { bucketOrFolderArn } from "../../../language/words/s3";
import { oneOfMany } from "../../../language/words/text";

/** Days that CloudWatch Logs can keep events: the API accepts no others; 0 keeps them permanently. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const retentionDays = z
  .literal(RETENTION_DAYS)
  .describe("Days that CloudWatch keeps the log; 0 keeps it permanently.");

/** Fields of a record: versions 2 to 8 of AWS's format. */
const FIELDS = [
  "account-id",
  "action",
  "az-id",
  "bytes",
  "dstaddr",
  "dstport",
  "ecs-cluster-arn",
  "ecs-cluster-name",
  "ecs-container-id",
  "ecs-container-instance-arn",
  "ecs-container-instance-id",
  "ecs-second-container-id",
  "ecs-service-name",
  "ecs-task-arn",
  "ecs-task-definition-arn",
  "ecs-task-id",
  "end",
  "flow-direction",
  "instance-id",
  "interface-id",
  "log-status",
  "packets",
  "pkt-dst-aws-service",
  "pkt-dstaddr",
  "pkt-src-aws-service",
  "pkt-srcaddr",
  "protocol",
  "region",
  "reject-reason",
  "srcaddr",
  "srcport",
  "start",
  "sublocation-id",
  "sublocation-type",
  "subnet-id",
  "tcp-flags",
  "traffic-path",
  "type",
  "version",
  "vpc-id",
] as const;

export const flowLogs = z
  .strictObject({
    enabled: z.boolean().describe("Writes the VPC's flow logs."),
    destination: z
      .enum(["cloudwatch", "s3"])
      .describe("Destination of the logs: cloudwatch for immediate search, s3 for a tenth of the price."),
    traffic_type: z.enum(["ALL", "ACCEPT", "REJECT"]).describe("Which flows are written."),
    retention_days: z
      .literal(RETENTION_DAYS)
      .describe(
        "Days that the created log group or bucket keeps the logs; 0 keeps them permanently. A bucket of s3.bucket_arn keeps them by its own rules.",
      ),
    max_aggregation_interval: z
      .literal([60, 600])
      .nullable()
      .describe("Seconds of traffic in one record, 60 or 600; null leaves it to AWS, whose default is 600."),
    log_format: z
      .array(oneOfMany(FIELDS, "a field of flow logs"))
      .min(1)
      .nullable()
      .describe("Fields of a record, in their order, by AWS's names; null uses AWS's default format (version 2)."),
    kms_key: ownOrKmsKey
      .nullable()
      .describe(
        "Encryption of the logs. own creates a KMS key. The ARN of a key requires a policy that lets logs.<region>.amazonaws.com or delivery.logs.amazonaws.com use it. null uses the encryption of the service.",
      ),
    s3: z
      .strictObject({
        bucket_arn: bucketOrFolderArn
          .regex(
            /^(?!arn:[^/]*\/AWSLogs(?:\/|$))/,
            "must not contain the folder AWSLogs, which AWS creates itself. Name the bucket, or another folder",
          )
          .nullable()
          .describe("An existing bucket, whose policy lets the log delivery write. null creates one for this cluster."),
        file_format: z
          .enum(["plain-text", "parquet"])
          .describe("plain-text, or parquet, which Athena reads faster for a fifth more of AWS's charge."),
        hive_compatible_partitions: z
          .boolean()
          .describe("Folders such as year=2026/month=11, which Athena and Glue use as partitions."),
        per_hour_partition: z.boolean().describe("A folder for each hour instead of each day."),
      })
      .describe("Settings of destination s3."),
  })
  .describe("Flow logs of the VPC.");

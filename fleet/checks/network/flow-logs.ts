import { namedTwice } from "../../../language/twice";
import { regionOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";

const FLOW_LOGS = ["tfvars", "networking", "flow_logs"] as const;

/** What is said of flow logs fits where they go. */
export const checkFlowLogs: Check = ({ definition, regions }) => {
  const { enabled, ...settings } = definition.tfvars.networking.flow_logs;
  const { destination, kms_key, log_format, s3 } = settings;
  if (!enabled) {
    return Object.keys(settings).map((key) => ({
      own: true,
      path: [...FLOW_LOGS, key],
      given: [[...FLOW_LOGS, "enabled"]],
      message: "has no effect while flow_logs.enabled is false: remove it",
    }));
  }
  const given = [[...FLOW_LOGS, "destination"]];
  const findings: Finding[] = namedTwice(log_format ?? [], [...FLOW_LOGS, "log_format"]);
  if (destination === "cloudwatch") {
    const set = [
      ["bucket_arn", s3.bucket_arn !== null],
      ["file_format", s3.file_format !== "plain-text"],
      ["hive_compatible_partitions", s3.hive_compatible_partitions],
      ["per_hour_partition", s3.per_hour_partition],
    ] as const;
    for (const [key, isSet] of set) {
      if (!isSet) continue;
      const message = "has no effect while destination is cloudwatch: remove it, or set destination: s3";
      findings.push({ path: [...FLOW_LOGS, "s3", key], given, message });
    }
  }
  if (destination === "s3" && s3.bucket_arn !== null && kms_key !== null) {
    findings.push({
      path: [...FLOW_LOGS, "kms_key"],
      given: [...given, [...FLOW_LOGS, "s3", "bucket_arn"]],
      message: "has no effect: the bucket of s3.bucket_arn encrypts as its owner says. Remove it",
    });
  }
  if (destination === "s3" && s3.bucket_arn !== null) {
    findings.push({
      own: true,
      path: [...FLOW_LOGS, "retention_days"],
      given: [...given, [...FLOW_LOGS, "s3", "bucket_arn"]],
      message: "has no effect: the bucket of s3.bucket_arn keeps them as its owner says. Remove it",
    });
  }
  const { aws_region } = definition.tfvars.common;
  const partition = regionOf({ definition, regions })?.partition;
  if (partition === undefined) return findings;
  const region = [["tfvars", "common", "aws_region"]];
  if (s3.bucket_arn !== null && !s3.bucket_arn.startsWith(`arn:${partition}:`)) {
    const message = `must be an ARN of partition ${partition}, as ${aws_region} is, got ${s3.bucket_arn}`;
    findings.push({ path: [...FLOW_LOGS, "s3", "bucket_arn"], given: region, message });
  }
  if (kms_key !== null && kms_key !== "own" && !kms_key.startsWith(`arn:${partition}:kms:${aws_region}:`)) {
    const message = `must be a key of ${aws_region}, where the logs are, got ${kms_key}`;
    findings.push({ path: [...FLOW_LOGS, "kms_key"], given: region, message });
  }
  return findings;
};

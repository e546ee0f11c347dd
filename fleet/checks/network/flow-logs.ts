import { namedTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Subject } from "../../model/subject";
import { regionOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";
import { inRegion, noEffect } from "../../rules/forms";

const FLOW_LOGS = ["tfvars", "networking", "flow_logs"] as const;
const KEY = [...FLOW_LOGS, "kms_key"] as const;
const BUCKET = [...FLOW_LOGS, "s3", "bucket_arn"] as const;

const enabledIfSet: Check = ({ definition }) => {
  const { enabled, ...settings } = definition.tfvars.networking.flow_logs;
  if (enabled) return [];
  return Object.keys(settings).map((key) => ({
    own: true,
    ...noEffect([...FLOW_LOGS, key], "flow_logs.enabled is false"),
  }));
};

/** Returns a check that applies only if there are flow logs. */
function ifEnabled(check: Check): Check {
  return (subject) => (subject.definition.tfvars.networking.flow_logs.enabled ? check(subject) : []);
}

const fieldsOnce: Check = ({ definition }) =>
  namedTwice(definition.tfvars.networking.flow_logs.log_format ?? [], [...FLOW_LOGS, "log_format"]);

/** The default of each setting of S3. */
const S3_DEFAULTS = {
  bucket_arn: null,
  file_format: "plain-text",
  hive_compatible_partitions: false,
  per_hour_partition: false,
} as const;

/** Returns a check that a setting of S3 is used. */
function sentToS3(key: keyof typeof S3_DEFAULTS): Check {
  return ({ definition }) => {
    const { destination, s3 } = definition.tfvars.networking.flow_logs;
    if (destination !== "cloudwatch" || s3[key] === S3_DEFAULTS[key]) return [];
    return [noEffect([...FLOW_LOGS, "s3", key], "destination is cloudwatch", "or set destination: s3")];
  };
}

const OF_ITS_OWNER = "the owner of s3.bucket_arn sets it for that bucket";

const encryptedByOwner: Check = ({ definition }) => {
  const { destination, kms_key, s3 } = definition.tfvars.networking.flow_logs;
  if (destination !== "s3" || s3.bucket_arn === null || kms_key === null) return [];
  return [noEffect(KEY, OF_ITS_OWNER)];
};

const keptByOwner: Check = ({ definition }) => {
  const { destination, s3 } = definition.tfvars.networking.flow_logs;
  if (destination !== "s3" || s3.bucket_arn === null) return [];
  return [{ own: true, ...noEffect([...FLOW_LOGS, "retention_days"], OF_ITS_OWNER) }];
};

function inPartition(subject: Subject, path: Path, arn: string | null): Finding[] {
  const { aws_region } = subject.definition.tfvars.common;
  const partition = regionOf(subject)?.partition;
  if (partition === undefined || arn === null || arn.startsWith(`arn:${partition}:`)) return [];
  return [{ path, message: `must be in partition ${partition}, as ${aws_region} is, but is ${arn}` }];
}

const bucketOfPartition: Check = (subject) =>
  inPartition(subject, BUCKET, subject.definition.tfvars.networking.flow_logs.s3.bucket_arn);

const keyOfRegion: Check = (subject) => {
  const { common, networking } = subject.definition.tfvars;
  const { kms_key } = networking.flow_logs;
  if (kms_key === "own") return [];
  const elsewhere = inPartition(subject, KEY, kms_key);
  return elsewhere.length > 0 ? elsewhere : inRegion(KEY, kms_key, common.aws_region);
};

export const flowLogRules: readonly Check[] = [
  enabledIfSet,
  ...[
    fieldsOnce,
    ...(Object.keys(S3_DEFAULTS) as (keyof typeof S3_DEFAULTS)[]).map(sentToS3),
    encryptedByOwner,
    keptByOwner,
    bucketOfPartition,
    keyOfRegion,
  ].map(ifEnabled),
];

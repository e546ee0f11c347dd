import { problemsIn, testReports } from "../../../support/definition";

const BUCKET = "bucket_arn: 'arn:aws:s3:::example-logs'";

describe("flow logs", () => {
  testReports({
    "have no settings if they are off": {
      networking: "flow_logs: { enabled: false, kms_key: own }",
      reports: [
        "9:43 tfvars.networking.flow_logs.kms_key: has no effect because flow_logs.enabled is false. Remove it",
      ],
    },
    "in CloudWatch have no settings of S3": {
      networking: `flow_logs:
  s3:
    ${BUCKET}
    file_format: parquet
    per_hour_partition: true
    hive_compatible_partitions: true`,
      reports: [
        "11:21 tfvars.networking.flow_logs.s3.bucket_arn: has no effect because destination is cloudwatch. Remove it, or set destination: s3",
        "12:22 tfvars.networking.flow_logs.s3.file_format: has no effect because destination is cloudwatch. Remove it, or set destination: s3",
        "13:29 tfvars.networking.flow_logs.s3.per_hour_partition: has no effect because destination is cloudwatch. Remove it, or set destination: s3",
        "14:37 tfvars.networking.flow_logs.s3.hive_compatible_partitions: has no effect because destination is cloudwatch. Remove it, or set destination: s3",
      ],
    },
    "have each field once": {
      networking: "flow_logs: { log_format: [version, srcaddr, version] }",
      reports: ["9:49 tfvars.networking.flow_logs.log_format[2]: lists version twice. Remove one of them"],
    },
    "have a key in their region": {
      networking: "flow_logs: { kms_key: 'arn:aws:kms:eu-west-1:111111111111:key/1' }",
      reports: [
        "9:27 tfvars.networking.flow_logs.kms_key: is in eu-west-1, but the cluster is in us-east-1. Use one in us-east-1",
      ],
    },
    "have a key in their partition": {
      networking: "flow_logs: { kms_key: 'arn:aws-cn:kms:us-east-1:111111111111:key/1' }",
      reports: [
        "9:27 tfvars.networking.flow_logs.kms_key: must be in partition aws, as us-east-1 is, but is arn:aws-cn:kms:us-east-1:111111111111:key/1",
      ],
    },
    "have a bucket in their partition": {
      networking: "flow_logs: { destination: s3, s3: { bucket_arn: 'arn:aws-cn:s3:::example-logs' } }",
      reports: [
        "9:53 tfvars.networking.flow_logs.s3.bucket_arn: must be in partition aws, as us-east-1 is, but is arn:aws-cn:s3:::example-logs",
      ],
    },
    "have no key in the bucket of another owner": {
      networking: `flow_logs: { destination: s3, kms_key: own, s3: { ${BUCKET} } }`,
      reports: [
        "9:44 tfvars.networking.flow_logs.kms_key: has no effect because the owner of s3.bucket_arn sets it for that bucket. Remove it",
      ],
    },
    "have no retention in the bucket of another owner": {
      networking: `flow_logs: { retention_days: 30, destination: s3, s3: { ${BUCKET} } }`,
      reports: [
        "9:34 tfvars.networking.flow_logs.retention_days: has no effect because the owner of s3.bucket_arn sets it for that bucket. Remove it",
      ],
    },
    "can be in the bucket of another owner": {
      networking: `flow_logs: { destination: s3, s3: { ${BUCKET} } }`,
      reports: [],
    },
    "have a retention in their own bucket": {
      networking: "flow_logs: { retention_days: 30, destination: s3 }",
      reports: [],
    },
    "have settings that AWS accepts": {
      networking:
        "flow_logs: { kms_key: alias/x, log_format: [srcadr], max_aggregation_interval: 120, s3: { bucket_arn: example } }",
      reports: [
        "9:27 tfvars.networking.flow_logs.kms_key: must be own, or the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef",
        '9:49 tfvars.networking.flow_logs.log_format[0]: must be a field of flow logs, such as srcaddr, got "srcadr"',
        "9:84 tfvars.networking.flow_logs.max_aggregation_interval: must be one of 60, 600 or null, got 120",
        '9:107 tfvars.networking.flow_logs.s3.bucket_arn: must be the ARN of an S3 bucket, or of a folder in it, such as arn:aws:s3:::example-flow-logs/eks, got "example"',
      ],
    },
  });

  test.each(["AWSLogs", "AWSLogs/eks/"])("are not in the folder %s, which AWS creates", (folder) => {
    const networking = `flow_logs: { destination: s3, s3: { bucket_arn: 'arn:aws:s3:::example-logs/${folder}' } }`;

    expect(problemsIn({ networking })).toEqual([
      `9:53 tfvars.networking.flow_logs.s3.bucket_arn: must not contain the folder AWSLogs, which AWS creates itself, got "arn:aws:s3:::example-logs/${folder}". Name the bucket, or another folder`,
    ]);
  });
});

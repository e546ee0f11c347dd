import { FlowLogs } from "../../../constructs/networking/flow-logs";
import type { Networking, Tfvars } from "../../../fleet/model/cluster";
import { clusterOf, type Part } from "../../support/cluster";
import { networkProps } from "../../support/props";
import { synth } from "../../support/synth";

type FlowLogSettings = Part<Networking["flow_logs"]>;

function synthFlowLogs(partition = "aws", settings: FlowLogSettings = {}, common: Part<Tfvars["common"]> = {}) {
  const cluster = clusterOf(
    { common, networking: { flow_logs: { retention_days: 30, traffic_type: "REJECT", ...settings } } },
    { partition },
  );
  const { keyDeletionDays, owner, settings: networking } = networkProps(cluster);
  const props = { owner, vpcId: "vpc-1", settings: networking.flow_logs, keyDeletionDays };
  return synth((scope) => new FlowLogs(scope, "flow-logs", props));
}

describe("FlowLogs", () => {
  test("writes the definition's traffic type to a log group with retention", () => {
    const tf = synthFlowLogs();

    expect(tf.only("aws_cloudwatch_log_group")).toEqual({
      name: "/aws/vpc-flow-logs/reference-eks-example-com",
      retention_in_days: 30,
    });
    expect(tf.only("aws_flow_log")).toEqual({
      vpc_id: "vpc-1",
      traffic_type: "REJECT",
      log_destination_type: "cloud-watch-logs",
      log_destination: `\${${tf.addresses("aws_cloudwatch_log_group")[0]}.arn}`,
      iam_role_arn: `\${${tf.addresses("aws_iam_role")[0]}.arn}`,
      tags: { Name: "reference-eks-example-com" },
      depends_on: tf.addresses("aws_iam_role_policy"),
    });
  });

  test("lets the service write to that log group and no other", () => {
    const policy = JSON.parse(String(synthFlowLogs("aws-cn").only("aws_iam_role_policy")["policy"]));
    const group = "arn:aws-cn:logs:eu-west-1:111111111111:log-group:/aws/vpc-flow-logs/reference-eks-example-com";

    expect(policy.Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:*`],
      },
      { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] },
    ]);
  });

  test("lets the service act only for this account's flow logs", () => {
    const trust = JSON.parse(String(synthFlowLogs().only("aws_iam_role")["assume_role_policy"]));

    expect(trust.Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111111111111" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:111111111111:vpc-flow-log/*" },
        },
      },
    ]);
  });

  test("has the definition's fields, with AWS's placeholders and no Terraform reference", () => {
    const log = synthFlowLogs("aws", { log_format: ["version", "vpc-id"], max_aggregation_interval: 60 });

    expect(log.only("aws_flow_log")).toMatchObject({
      log_format: "$${version} $${vpc-id}",
      max_aggregation_interval: 60,
    });
  });

  test.each([
    ["aws", "logs.eu-west-1.amazonaws.com"],
    ["aws-cn", "logs.eu-west-1.amazonaws.com.cn"],
  ])("encrypts the log group with a key that CloudWatch may use for it alone: %s", (partition, service) => {
    const tf = synthFlowLogs(partition, { kms_key: "own" });
    const key = tf.only("aws_kms_key");

    expect(tf.only("aws_cloudwatch_log_group")["kms_key_id"]).toBe(`\${${tf.addresses("aws_kms_key")[0]}.arn}`);
    expect(key["enable_key_rotation"]).toBe(true);
    expect(JSON.parse(String(key["policy"])).Statement[1]).toEqual({
      Sid: "CloudWatchLogs",
      Effect: "Allow",
      Principal: { Service: service },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:eu-west-1:111111111111:log-group:/aws/vpc-flow-logs/reference-eks-example-com`,
        },
      },
    });
    expect(tf.only("aws_kms_alias")["name"]).toBe("alias/vpc-flow-logs/reference-eks-example-com");
  });

  test("encrypts the log group with an existing key", () => {
    const arn = "arn:aws:kms:eu-west-1:111111111111:key/1";
    const tf = synthFlowLogs("aws", { kms_key: arn });

    expect(tf.only("aws_cloudwatch_log_group")["kms_key_id"]).toBe(arn);
    expect(tf.addresses("aws_kms_key")).toEqual([]);
  });
});

describe("FlowLogs to S3", () => {
  const PLAIN = {
    bucket_arn: null,
    file_format: "plain-text",
    hive_compatible_partitions: false,
    per_hour_partition: false,
  } as const;
  const BUCKET = "arn:aws:s3:::reference-eks-example-com-flow-logs-111111111111";
  const toS3 = (settings: FlowLogSettings = {}, s3: Part<Networking["flow_logs"]["s3"]> = {}) =>
    synthFlowLogs("aws", { destination: "s3", ...settings, s3: { ...PLAIN, ...s3 } });

  test("writes the bucket's access logs below the bucket's name, only with access_logs_bucket", () => {
    const common = { access_logs_bucket: "example-access-logs" };
    const tf = synthFlowLogs("aws", { destination: "s3", s3: PLAIN }, common);

    expect(tf.only("aws_s3_bucket_logging")).toMatchObject({
      target_bucket: "example-access-logs",
      target_prefix: "reference-eks-example-com-flow-logs-111111111111/",
    });
    expect(toS3().addresses("aws_s3_bucket_logging")).toEqual([]);
  });

  test("writes to the cluster's own bucket, in the definition's format", () => {
    const tf = toS3({}, { file_format: "parquet", hive_compatible_partitions: true, per_hour_partition: true });

    expect(tf.only("aws_flow_log")).toEqual({
      vpc_id: "vpc-1",
      traffic_type: "REJECT",
      log_destination_type: "s3",
      log_destination: BUCKET,
      destination_options: { file_format: "parquet", hive_compatible_partitions: true, per_hour_partition: true },
      tags: { Name: "reference-eks-example-com" },
      depends_on: expect.arrayContaining([...tf.addresses("aws_s3_bucket_policy")]),
    });
    expect(tf.addresses("aws_cloudwatch_log_group")).toEqual([]);
    expect(tf.addresses("aws_iam_role")).toEqual([]);
    expect(tf.only("aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual([
      expect.objectContaining({ expiration: [{ days: 30 }] }),
    ]);
  });

  test.each([
    [false, "AWSLogs/111111111111"],
    [true, "AWSLogs/aws-account-id=111111111111"],
  ])("lets only this account's log delivery write, and only over TLS; Hive partitions: %s", (hive, folder) => {
    const tf = toS3({}, { hive_compatible_partitions: hive });
    const [tls, writes, looks] = JSON.parse(String(tf.only("aws_s3_bucket_policy")["policy"])).Statement;
    const service = { Service: "delivery.logs.amazonaws.com" };
    const source = { ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-west-1:111111111111:*" } };

    expect(tls).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
    expect(writes).toEqual({
      Sid: "LogDeliveryWrites",
      Effect: "Allow",
      Principal: service,
      Action: "s3:PutObject",
      Resource: `${BUCKET}/${folder}/*`,
      Condition: {
        ...source,
        StringEquals: { "aws:SourceAccount": "111111111111", "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    });
    expect(looks).toEqual({
      Sid: "LogDeliveryLooks",
      Effect: "Allow",
      Principal: service,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: BUCKET,
      Condition: { ...source, StringEquals: { "aws:SourceAccount": "111111111111" } },
    });
  });

  test.each<[Networking["flow_logs"]["kms_key"], object]>([
    [null, { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    [
      "arn:aws:kms:eu-west-1:111111111111:key/1",
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: "arn:aws:kms:eu-west-1:111111111111:key/1",
        },
        bucket_key_enabled: true,
      },
    ],
  ])("encrypts the bucket: kms_key %s", (kms_key, rule) => {
    const tf = toS3({ kms_key });

    expect(tf.only("aws_s3_bucket_server_side_encryption_configuration")["rule"]).toEqual([rule]);
    expect(tf.addresses("aws_kms_key")).toEqual([]);
  });

  test("creates a key that the log delivery may use", () => {
    const { Statement } = JSON.parse(String(toS3({ kms_key: "own" }).only("aws_kms_key")["policy"]));

    expect(Statement[1]).toEqual({
      Sid: "LogDelivery",
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-west-1:111111111111:*" },
      },
    });
  });

  test("does not change an existing bucket", () => {
    const tf = toS3({}, { bucket_arn: "arn:aws:s3:::example-logs/eks" });

    expect(tf.only("aws_flow_log")["log_destination"]).toBe("arn:aws:s3:::example-logs/eks");
    expect(tf.addresses()).toEqual(tf.addresses("aws_flow_log"));
  });
});

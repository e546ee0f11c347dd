import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { FlowLogConfig } from "@cdktf/provider-aws/lib/flow-log";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster } from "../../fleet/model/cluster";
import { policyJson } from "../iam/policy";
import { ServiceRole } from "../iam/service-role";

/** A log group for the flow logs of one VPC, and a role that writes to it and nothing else. */
export function flowLogGroup(scope: Construct, cluster: Cluster): Partial<FlowLogConfig> {
  const { account, partition, slug, tfvars } = cluster;
  const { retention_days } = tfvars.networking.flow_logs;
  const region = tfvars.common.aws_region;
  const logGroupName = `/aws/vpc-flow-logs/${slug}`;
  const logGroupArn = `arn:${partition}:logs:${region}:${account.id}:log-group:${logGroupName}`;
  const kmsKeyId = keyArn(scope, cluster, logGroupArn);

  const logGroup = new CloudwatchLogGroup(scope, "log-group", {
    name: logGroupName,
    retentionInDays: retention_days,
    ...(kmsKeyId === null ? {} : { kmsKeyId }),
  });
  const role = new ServiceRole(scope, "role", {
    name: boundedName(slug, "flow-logs", NAME_LIMITS.iam_role),
    cluster,
    service: "vpc-flow-logs.amazonaws.com",
    tag_session: false,
    condition: {
      StringEquals: { "aws:SourceAccount": account.id },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${account.id}:vpc-flow-log/*` },
    },
    managed_policies: [],
  });
  const mayWrite = new IamRolePolicy(scope, "may-write", {
    role: role.name,
    name: "write-flow-logs",
    policy: policyJson([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [logGroupArn, `${logGroupArn}:*`],
      },
    ]),
  });
  return {
    logDestinationType: "cloud-watch-logs",
    logDestination: logGroup.arn,
    iamRoleArn: role.arn,
    dependsOn: [mayWrite],
  };
}

/** The key that encrypts the group: one that exists, one that CloudWatch may use for this group alone, or CloudWatch's own. */
function keyArn(scope: Construct, { account, name, partition, slug, tfvars }: Cluster, logGroupArn: string) {
  const { kms_key } = tfvars.networking.flow_logs;
  if (kms_key !== "own") return kms_key;
  const region = tfvars.common.aws_region;
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const key = new KmsKey(scope, "key", {
    description: `Encrypts the flow logs of ${name}`,
    enableKeyRotation: true,
    deletionWindowInDays: tfvars.cluster.kms.deletion_window_days,
    policy: policyJson([
      {
        Sid: "Account", // IAM policies of the account say who reads
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account.id}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.${suffix}` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
      },
    ]),
  });
  new KmsAlias(scope, "key-alias", { name: `alias/vpc-flow-logs/${slug}`, targetKeyId: key.keyId });
  return key.arn;
}

import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { FlowLogConfig } from "@cdktf/provider-aws/lib/flow-log";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import type { Networking } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { policyJson } from "../iam/policy";
import { Role } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";
import { leaveBehind } from "../storage/left-behind";

export interface FlowLogGroupProps {
  readonly owner: Owner;
  readonly settings: Networking["flow_logs"];
  /** Days between the deletion of a key and its end. */
  readonly keyDeletionDays: number;
}

/** Creates a log group for the flow logs of one VPC, and a role that can only write to it. */
export function flowLogGroup(scope: Construct, props: FlowLogGroupProps): Partial<FlowLogConfig> {
  const { accountId, partition, region, slug } = props.owner;
  const logGroupName = `/aws/vpc-flow-logs/${slug}`;
  const logGroupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`;
  const kmsKeyId = keyArn(scope, props, logGroupArn);

  const logGroup = new CloudwatchLogGroup(scope, "log-group", {
    name: logGroupName,
    retentionInDays: props.settings.retention_days,
    ...given({ kmsKeyId: kmsKeyId }),
  });
  const role = new Role(scope, "role", {
    owner: props.owner,
    part: "flow-logs",
    trust: serviceTrust("vpc-flow-logs.amazonaws.com", {
      condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
      },
    }),
    policyParent: scope,
    inline: {
      "may-write": {
        name: "write-flow-logs",
        document: policyJson([
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: [logGroupArn, `${logGroupArn}:*`],
          },
          { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] }, // cannot be limited to some groups
        ]),
      },
    },
  });
  return {
    logDestinationType: "cloud-watch-logs",
    logDestination: logGroup.arn,
    iamRoleArn: role.arn,
    dependsOn: [...role.policies],
  };
}

/** Returns the key that encrypts the group: an existing one, a new one that CloudWatch can use for this group alone, or null for CloudWatch's. */
function keyArn(scope: Construct, { keyDeletionDays, owner, settings }: FlowLogGroupProps, logGroupArn: string) {
  if (settings.kms_key !== "own") {
    // Events that an earlier own key encrypted stay readable.
    leaveBehind(scope, ["key"], (parent, id) => new KmsKey(parent, id, {}));
    return settings.kms_key;
  }
  const { accountId, name, partition, region, serviceDomain, slug } = owner;
  const key = new KmsKey(scope, "key", {
    description: `Encrypts the flow logs of ${name}`,
    enableKeyRotation: true,
    deletionWindowInDays: keyDeletionDays,
    policy: policyJson([
      {
        Sid: "Account", // IAM policies of the account decide who reads
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.${serviceDomain}` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
      },
    ]),
  });
  new KmsAlias(scope, "key-alias", { name: `alias/vpc-flow-logs/${slug}`, targetKeyId: key.keyId });
  return key.arn;
}

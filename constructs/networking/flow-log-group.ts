import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { FlowLogConfig } from "@cdktf/provider-aws/lib/flow-log";
import type { Construct } from "constructs";
import type { Networking } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { policyJson } from "../iam/policy";
import { Role } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";
import { logGroupKey } from "../storage/log-group-key";

export interface FlowLogGroupProps {
  readonly owner: Owner;
  readonly settings: Networking["flow_logs"];
  /** Days between the deletion of a key and its end. */
  readonly keyDeletionDays: number;
}

/** Creates a log group for the flow logs of one VPC, and a role that can only write to it. */
export function flowLogGroup(scope: Construct, props: FlowLogGroupProps): Partial<FlowLogConfig> {
  const { accountId, name, partition, region, slug } = props.owner;
  const logGroupName = `/aws/vpc-flow-logs/${slug}`;
  const logGroupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`;
  const kmsKeyId = logGroupKey(scope, "key", {
    owner: props.owner,
    key: props.settings.kms_key,
    logGroupName,
    description: `Encrypts the flow logs of ${name}`,
    alias: `vpc-flow-logs/${slug}`,
    deletionDays: props.keyDeletionDays,
  });

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

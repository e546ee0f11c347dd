import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/cluster";
import { boundedName, NAME_LIMITS } from "../../fleet/names";
import { policyJson } from "../iam/policy";
import { ServiceRole } from "../iam/service-role";

/** Who talked to whom in the VPC, in a log group that this role alone is for. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, { cluster, vpcId }: { readonly cluster: Cluster; readonly vpcId: string }) {
    super(scope, id);
    const { account, partition, slug, tfvars } = cluster;
    const { retention_days, traffic_type } = tfvars.networking.flow_logs;
    const region = tfvars.common.aws_region;
    const logGroupName = `/aws/vpc-flow-logs/${slug}`;
    const logGroupArn = `arn:${partition}:logs:${region}:${account.id}:log-group:${logGroupName}`;

    const logGroup = new CloudwatchLogGroup(this, "log-group", { name: logGroupName, retentionInDays: retention_days });
    const role = new ServiceRole(this, "role", {
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
    const mayWrite = new IamRolePolicy(this, "may-write", {
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
    new FlowLog(this, "Resource", {
      vpcId,
      trafficType: traffic_type,
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: slug },
      dependsOn: [mayWrite],
    });
  }
}

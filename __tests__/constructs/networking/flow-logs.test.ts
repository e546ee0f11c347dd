import { FlowLogs } from "../../../constructs/networking/flow-logs";
import { clusterOf } from "../../support/cluster";
import { synth } from "../../support/synth";

function synthFlowLogs(partition = "aws") {
  const cluster = clusterOf(
    { networking: { flow_logs: { retention_days: 30, traffic_type: "REJECT" } } },
    { partition },
  );
  return synth((scope) => new FlowLogs(scope, "flow-logs", { cluster, vpcId: "vpc-1" }));
}

describe("FlowLogs", () => {
  test("writes the flows that the definition asks for to a log group that forgets", () => {
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
        Action: ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:*`],
      },
    ]);
  });

  test("lets the service act for this account's flow logs only", () => {
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
});

import type { QueueReader } from "../../../addons/contract/addon-context";
import { InterruptionQueue } from "../../../constructs/node-pools/interruption-queue";
import { interruptionQueue } from "../../../fleet/nodes/interruption-queue";
import { ownerOf } from "../../../fleet/plan/owner";
import { clusterOf } from "../../support/cluster";
import { synth } from "../../support/synth";

const owner = ownerOf(clusterOf());
const built = (reader: QueueReader) => {
  const queue = interruptionQueue(owner, reader);
  return synth((scope) => new InterruptionQueue(scope, "queue", { slug: owner.slug, queue }));
};

describe("An interruption queue", () => {
  const tf = built("karpenter");

  test("keeps messages for 5 minutes, encrypted", () => {
    expect(tf.only("aws_sqs_queue")).toEqual({
      name: "reference-eks-example-com-karpenter",
      message_retention_seconds: 300,
      sqs_managed_sse_enabled: true,
    });
  });

  test("receives the 5 events, as AWS spells them", () => {
    const rules = Object.values(tf.all("aws_cloudwatch_event_rule"));

    expect(Object.fromEntries(rules.map((rule) => [rule["name"], JSON.parse(String(rule["event_pattern"]))]))).toEqual({
      "reference-eks-example-com-karpenter-health": { source: ["aws.health"], "detail-type": ["AWS Health Event"] },
      "reference-eks-example-com-karpenter-spot-interruption": {
        source: ["aws.ec2"],
        "detail-type": ["EC2 Spot Instance Interruption Warning"],
      },
      "reference-eks-example-com-karpenter-rebalance": {
        source: ["aws.ec2"],
        "detail-type": ["EC2 Instance Rebalance Recommendation"],
      },
      "reference-eks-example-com-karpenter-state-change": {
        source: ["aws.ec2"],
        "detail-type": ["EC2 Instance State-change Notification"],
      },
      "reference-eks-example-com-karpenter-capacity-reservation": {
        source: ["aws.ec2"],
        "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"],
      },
    });
    expect(tf.addresses("aws_cloudwatch_event_target")).toHaveLength(5);
  });

  test("accepts messages from its own rules only, and over TLS only", () => {
    const arn = "arn:aws:sqs:eu-west-1:111111111111:reference-eks-example-com-karpenter";
    const rules = ["health", "spot-interruption", "rebalance", "state-change", "capacity-reservation"].map((key) => {
      const address = tf.addresses("aws_cloudwatch_event_rule").find((each) => each.includes(`queue_${key}_`));
      return `\${${address}.arn}`;
    });

    expect(JSON.parse(String(tf.only("aws_sqs_queue_policy")["policy"])).Statement).toEqual([
      {
        Sid: "EventsOfThisCluster",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arn,
        Condition: { ArnEquals: { "aws:SourceArn": rules } },
      },
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "sqs:*",
        Resource: arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("of the termination handler receives no event that Auto Scaling handles or the handler discards", () => {
    const rules = Object.values(built("node-termination-handler").all("aws_cloudwatch_event_rule"));
    const text = rules.map((rule) => String(rule["event_pattern"])).join();

    expect(text).not.toContain("Rebalance Recommendation");
    expect(text).not.toContain("Capacity Reservation");
  });

  test("of the termination handler receives lifecycle hooks too, and is separate", () => {
    const other = built("node-termination-handler");
    const patterns = Object.values(other.all("aws_cloudwatch_event_rule")).map((rule) => rule["event_pattern"]);

    expect(other.only("aws_sqs_queue")["name"]).toBe("reference-eks-example-com-node-termination-handler");
    expect(patterns).toHaveLength(4);
    expect(patterns).toContain(
      '{"source":["aws.autoscaling"],"detail-type":["EC2 Instance-terminate Lifecycle Action"]}',
    );
  });
});

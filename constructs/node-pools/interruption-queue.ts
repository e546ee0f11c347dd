import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import type { InterruptionQueue as Queue, QueueReader } from "../../addons/contract/addon-context";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import { policyJson } from "../iam/policy";

interface Event {
  readonly source: string;
  /** EventBridge compares it exactly. */
  readonly detailType: string;
  readonly purpose: string;
}

/** Events that announce the end of an instance. Their keys are part of state addresses. */
const EVENTS = {
  health: { source: "aws.health", detailType: "AWS Health Event", purpose: "Maintenance that AWS has scheduled" },
  "spot-interruption": {
    source: "aws.ec2",
    detailType: "EC2 Spot Instance Interruption Warning",
    purpose: "A spot instance goes in two minutes",
  },
  rebalance: {
    source: "aws.ec2",
    detailType: "EC2 Instance Rebalance Recommendation",
    purpose: "A spot instance is likely to go",
  },
  "state-change": {
    source: "aws.ec2",
    detailType: "EC2 Instance State-change Notification",
    purpose: "An instance stops or ends",
  },
  "capacity-reservation": {
    source: "aws.ec2",
    detailType: "EC2 Capacity Reservation Instance Interruption Warning",
    purpose: "The reservation of an instance ends",
  },
  "terminate-hook": {
    source: "aws.autoscaling",
    detailType: "EC2 Instance-terminate Lifecycle Action",
    purpose: "Auto Scaling waits with the end of an instance",
  },
} as const satisfies Readonly<Record<string, Event>>;

/**
 * Karpenter's instances are in no Auto Scaling group, so they have no lifecycle hooks. Groups with spot instances rebalance their
 * capacity: Auto Scaling starts the replacement, and then waits with the end of the old instance. The termination handler would drain
 * that instance before its replacement runs. It discards events about capacity reservations.
 */
const EVENTS_FOR: Readonly<Record<QueueReader, readonly (keyof typeof EVENTS)[]>> = {
  karpenter: ["health", "spot-interruption", "rebalance", "state-change", "capacity-reservation"],
  "node-termination-handler": ["health", "spot-interruption", "state-change", "terminate-hook"],
};

export interface InterruptionQueueProps {
  readonly slug: string;
  readonly queue: Queue;
}

/** A queue that announces the end of nodes to a controller, in time for a drain. Each controller has its own: a message is read once. */
export class InterruptionQueue extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { queue: { arn, name, reader }, slug }: InterruptionQueueProps) {
    super(scope, id);
    const queue = new SqsQueue(this, "Resource", {
      name,
      messageRetentionSeconds: 300, // an older message is about a node that has ended
      sqsManagedSseEnabled: true,
    });
    const rules = EVENTS_FOR[reader].map((key) => {
      const { source, detailType, purpose } = EVENTS[key];
      const rule = new CloudwatchEventRule(this, key, {
        name: boundedName(slug, `${reader}-${key}`, NAME_LIMITS.event_rule),
        description: purpose,
        eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
      });
      new CloudwatchEventTarget(this, `${key}-target`, { rule: rule.name, arn: queue.arn });
      return rule.arn;
    });
    new SqsQueuePolicy(this, "policy", {
      queueUrl: queue.url,
      policy: policyJson([
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
      ]),
    });
    this.arn = arn;
  }
}

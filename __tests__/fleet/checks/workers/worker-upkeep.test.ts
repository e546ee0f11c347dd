import { messagesIn } from "../../../support/definition";
import { testGroup } from "../../../support/worker-problems";

const HOOK = "transition: launching, heartbeat_timeout_seconds: 60, default_result: CONTINUE";
const TOPIC = "arn:aws:sns:us-east-1:111111111111:t";
const ROLE = "arn:aws:iam::111111111111:role/r";

describe("health", () => {
  const shares = (most: number): string =>
    `instance_maintenance_policy: { min_healthy_percentage: 50, max_healthy_percentage: ${most} }`;
  testGroup({
    "refuses health checks of load balancers without a load balancer": [
      "health_check_type: ELB",
      "health_check_type: requires a load balancer, whose health checks it uses. Set target_group_arns or classic_load_balancers",
    ],
    "accepts a maximum 100 above the minimum": [shares(150)],
    "refuses a maximum 101 above the minimum": [
      shares(151),
      "instance_maintenance_policy.max_healthy_percentage: must be at most 100 above min_healthy_percentage (50), but is 151",
    ],
  });
});

describe("lifecycle hooks", () => {
  testGroup({
    "refuses metadata without a target": [
      `lifecycle_hooks: [{ name: a, ${HOOK}, notification_metadata: x }]`,
      "lifecycle_hooks[a].notification_metadata: requires notification_target_arn. Set it, or remove notification_metadata",
    ],
    "refuses a target without a role": [
      `lifecycle_hooks: [{ name: a, ${HOOK}, notification_target_arn: "${TOPIC}" }]`,
      "lifecycle_hooks[a].notification_target_arn: requires role_arn. Set role_arn, or remove notification_target_arn",
    ],
    "refuses a role without a target": [
      `lifecycle_hooks: [{ name: a, ${HOOK}, role_arn: "${ROLE}" }]`,
      "lifecycle_hooks[a].role_arn: requires notification_target_arn. Set notification_target_arn, or remove role_arn",
    ],
    "refuses a target in another region": [
      `lifecycle_hooks: [{ name: a, ${HOOK}, role_arn: "${ROLE}", notification_target_arn: "${TOPIC.replace("us-east", "eu-west")}" }]`,
      "lifecycle_hooks[a].notification_target_arn: is in eu-west-1, but the cluster is in us-east-1. Use one in us-east-1",
    ],
    "accepts a hook with the name drain if no addon drains": [`lifecycle_hooks: [{ name: drain, ${HOOK} }]`],
  });

  test("refuses the name of the hook by which an addon drains", () => {
    const worker = `spot_price: 0.1\nlifecycle_hooks: [{ name: drain, ${HOOK} }]`;

    expect(messagesIn({ worker, addons: "aws_node_termination_handler_enabled: true" })).toEqual([
      "tfvars.workers[general].lifecycle_hooks[drain].name: aws_node_termination_handler already uses a hook with this name. Rename this hook",
    ]);
  });
});

describe("tags and target groups of a group", () => {
  testGroup({
    "refuses tags that other keys, the cluster or controllers set": [
      'group_tags:\n  k8s.io/cluster-autoscaler/node-template/label/a: b\n  k8s.io/cluster-autoscaler/enabled: "false"\n  kubernetes.io/cluster/x: owned\n  Owner: us\n  k8s.io/cluster-autoscaler/node-template/autoscaling-options/scaledownunneededtime: 10m0s',
      "group_tags.k8s.io/cluster-autoscaler/node-template/label/a: belongs in labels or taints. Move it there",
      "group_tags.k8s.io/cluster-autoscaler/enabled: is set by autoscaling. Remove it",
      "group_tags.kubernetes.io/cluster/x: is a tag by which controllers identify the owner of a group. Remove it",
      "group_tags.Owner: is a tag that every resource of the cluster already has. Rename it (reserved: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
    ],
    "refuses a target group in another region": [
      'target_group_arns: ["arn:aws:elasticloadbalancing:us-west-2:111111111111:targetgroup/a/0123456789abcdef"]',
      "target_group_arns[0]: is in us-west-2, but the cluster is in us-east-1. Use one in us-east-1",
    ],
  });
});

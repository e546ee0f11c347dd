import { z } from "zod";
import { sameTwice } from "../../language/twice";
import { matchesWildcards } from "../../language/wildcard";
import { defineHelmAddon, type Manifest } from "../contract/addon";
import { dashboardData } from "../contract/dashboard";
import { type AddonRule, reportOption } from "../contract/rule";
import { alertRules, monitored } from "../parts/monitoring";
import { RESTRICTED_CONTAINER, replicated, restrictedPod } from "../parts/pods";
import dashboard from "./cluster-autoscaler.dashboard.json";

const priority = z.strictObject({
  priority: z.int().min(1).max(1_000_000).describe("The group with the highest priority grows first."),
  groups: z
    .array(z.string().min(1).refine(isPattern, "must be a regular expression"))
    .min(1)
    .describe(
      "Regular expressions of the Auto Scaling groups' names: eks-<worker>-… of a managed group, <cluster>-<worker> of a self-managed one.",
    ),
});

const options = z.strictObject({
  expander: z
    .enum(["least-waste", "least-nodes", "most-pods", "random", "priority"])
    .describe(
      "Which group grows if several can. least-waste: the group that leaves the least CPU idle. priority: the group that comes first in priorities, then least-waste.",
    ),
  priorities: z
    .array(priority)
    .describe(
      "Priorities for expander priority. A group that no item matches never grows, so end with .* at priority 1.",
    ),
  scale_down_utilization_threshold: z
    .number()
    .min(0)
    .max(1)
    .describe("Share of a node's requests below which it may be removed."),
  scale_down_unneeded_minutes: z.int().min(1).describe("Minutes that a node must be unneeded before it is removed."),
  scale_down_delay_after_add_minutes: z
    .int()
    .min(0)
    .describe("Minutes after adding a node before any node is removed."),
});

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

type Options = z.output<typeof options>;

const RULES: readonly AddonRule<Options>[] = [
  (_, { expander, priorities }) =>
    reportOption(
      expander === "priority" && priorities.length === 0,
      "priorities",
      "is required, because the expander is priority. List which groups grow first",
    ),
  (_, { expander, priorities }) =>
    reportOption(
      expander !== "priority" && priorities.length > 0,
      "priorities",
      `has no effect because the expander is ${expander}. Remove it, or set expander: priority`,
    ),
  (_, { priorities }) =>
    sameTwice(
      ["options", "priorities"],
      priorities,
      ({ priority: value }) => String(value),
      (value) => `is ${value}, which another item has too. List the groups of both in one item`,
      ["priority"],
    ),
];

/** Returns names that the Auto Scaling groups of a worker group can have, with the parts that EKS and the program add. */
function possibleNames(cluster: string, worker: string): readonly string[] {
  const added = "01234567-01234567-89ab-cdef-0123-456789abcdef";
  return ["", "-a"].flatMap((zone) => [`eks-${worker}${zone}-${added}`, `${cluster}-${worker}${zone}`]);
}

/** Expressions that are words and `.*`, compared without a regular expression, because some search a name for hours. */
const PLAIN = /^\^?(?:[\w-]|\.\*)*\$?$/;

function matches(expression: string, name: string): boolean {
  const begin = expression.startsWith("^") ? "" : "*";
  const end = expression.endsWith("$") ? "" : "*";
  return matchesWildcards(`${begin}${expression.replace(/^\^|\$$/g, "").replaceAll(".*", "*")}${end}`, name);
}

/** Warns of worker groups that never grow, because no item matches them. */
const matchedGroups: AddonRule<Options> = ({ autoscaled_workers, cluster_name }, { expander, priorities }) => {
  const patterns = priorities.flatMap(({ groups }) => groups);
  if (expander !== "priority" || patterns.length === 0 || !patterns.every((each) => PLAIN.test(each))) return [];
  const missed = autoscaled_workers.filter(
    (worker) => !possibleNames(cluster_name, worker).some((name) => patterns.some((each) => matches(each, name))),
  );
  const message = `match no Auto Scaling group of ${missed.join(", ")}, whose names begin with eks-<worker>- or <cluster>-<worker>, so it never grows. Add .* at priority 1`;
  return reportOption(missed.length > 0, "priorities", message).map((found) => ({ ...found, severity: "warning" }));
};

const labels = { "app.kubernetes.io/instance": "cluster-autoscaler" };

/** Monitor of the autoscaler. The chart's own does not work, because the autoscaler must run before Prometheus, to add its nodes. */
const serviceMonitor: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: "cluster-autoscaler", namespace: "kube-system" },
  spec: { selector: { matchLabels: labels }, endpoints: [{ port: "http", interval: "30s" }] },
};

/** Adds nodes for pods that do not fit, and removes nodes that are not needed. */
export const clusterAutoscaler = defineHelmAddon({
  name: "cluster_autoscaler",
  summary: "Grows and shrinks worker groups with the pods that need them",
  namespace: "kube-system",
  release_notes: {
    "https://kubernetes.github.io/autoscaler/cluster-autoscaler":
      "https://github.com/kubernetes/autoscaler/releases/tag/cluster-autoscaler-chart-", // 9.46.0
  },
  requires: [],
  after: ["coredns"],
  manifests_after: ["kube_prometheus_stack"],
  needs_nodes: "scales groups of nodes",
  conflicts_with: [],
  dashboard: dashboardData.parse(dashboard),
  needs_ec2: "scales groups of instances",
  auto_mode_brings: "adds and removes nodes itself",
  singleton: true,
  wait: true, // later releases may require nodes that only it can add
  options,
  checks: [...RULES, matchedGroups],
  service_account: "cluster-autoscaler",
  aws_services: () => ["autoscaling"],

  permissions: ({ account_id, cluster_name, partition, region }) => [
    {
      sid: "Read", // these cannot be limited to some groups
      actions: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      resources: ["*"],
    },
    {
      sid: "ReadNodeGroups", // labels and taints of a group that has no node to read them from
      actions: ["eks:DescribeNodegroup"],
      resources: [`arn:${partition}:eks:${region}:${account_id}:nodegroup/${cluster_name}/*/*`],
    },
    {
      sid: "Resize",
      actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      resources: [`arn:${partition}:autoscaling:${region}:${account_id}:autoScalingGroup:*:autoScalingGroupName/*`],
      condition: { StringEquals: { [`autoscaling:ResourceTag/kubernetes.io/cluster/${cluster_name}`]: "owned" } },
    },
  ],

  values: (context, given) => ({
    fullnameOverride: "cluster-autoscaler",
    ...(context.images.cluster_autoscaler !== undefined && { image: { tag: context.images.cluster_autoscaler } }),
    cloudProvider: "aws",
    awsRegion: context.region,
    autoDiscovery: {
      clusterName: context.cluster_name,
      // With its value: on a managed group of fixed size, EKS's own "true" has been overwritten.
      tags: ["k8s.io/cluster-autoscaler/enabled=true", `k8s.io/cluster-autoscaler/${context.cluster_name}`],
    },
    rbac: { serviceAccount: { name: "cluster-autoscaler" } },
    ...replicated(context, "replicaCount", labels, "100m", "600Mi"),
    dnsPolicy: "Default", // the VPC's DNS: CoreDNS may be waiting for the very node that this adds
    securityContext: restrictedPod(65534),
    containerSecurityContext: RESTRICTED_CONTAINER,
    ...(given.expander === "priority" && {
      expanderPriorities: Object.fromEntries(given.priorities.map(({ priority: value, groups }) => [value, groups])),
    }),
    customArgs: ["--emit-per-nodegroup-metrics=true"], // how far each group is from its max_size
    extraArgs: {
      expander: given.expander === "priority" ? "priority,least-waste" : given.expander, // of equals the one that wastes least
      "balance-similar-node-groups": true, // groups of one zone each grow evenly
      // EKS labels nodes with the launch template, which each group has its own of. The chart removes the suffixes.
      "balancing-ignore-label_1": "eks.amazonaws.com/sourceLaunchTemplateId",
      "balancing-ignore-label_2": "eks.amazonaws.com/sourceLaunchTemplateVersion",
      "skip-nodes-with-local-storage": false, // an emptyDir does not keep a node alive
      "skip-nodes-with-system-pods": false, // nor does a pod of kube-system: budgets protect those
      "scale-down-utilization-threshold": given.scale_down_utilization_threshold,
      "scale-down-unneeded-time": `${given.scale_down_unneeded_minutes}m`,
      "scale-down-delay-after-add": `${given.scale_down_delay_after_add_minutes}m`,
    },
  }),

  manifests: (context) =>
    monitored(context)
      ? [
          serviceMonitor,
          ...alertRules(context, "cluster-autoscaler", "kube-system", [
            {
              name: "ClusterAutoscalerPodsWithoutRoom",
              when: "cluster_autoscaler_unschedulable_pods_count > 0",
              during: "30m",
              summary: "Pods have found no node for 30 minutes: a group is at max_size, or no group fits them",
            },
            {
              name: "WorkerGroupAtMaxSize",
              when: "max by (node_group) (cluster_autoscaler_node_group_target_count) >= (max by (node_group) (cluster_autoscaler_node_group_max_count) > 0)",
              during: "1h",
              summary: "The group {{ $labels.node_group }} has been at its max_size for an hour: it cannot grow",
            },
          ]),
        ]
      : [],
});

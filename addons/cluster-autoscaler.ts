import { z } from "zod";
import { defineHelmAddon, type Manifest } from "./addon";
import { alertRules, monitored } from "./monitoring";
import { RESTRICTED_CONTAINER, resources, SYSTEM_TOLERATIONS, spreadOverZones } from "./pods";

const options = z.strictObject({
  expander: z
    .enum(["least-waste", "least-nodes", "most-pods", "random"])
    .describe("Which group grows when several could: least-waste leaves the least CPU idle."),
  scale_down_utilization_threshold: z
    .number()
    .min(0)
    .max(1)
    .describe("Share of a node's requests below which it may be removed."),
  scale_down_unneeded_minutes: z
    .int()
    .min(1)
    .describe("Minutes that a node must have been unneeded before it is removed."),
  scale_down_delay_after_add_minutes: z.int().min(0).describe("Minutes after a node was added before any is removed."),
});

const labels = { "app.kubernetes.io/instance": "cluster-autoscaler" };

/** Its metrics. Not by the chart's own value: the autoscaler must run before Prometheus, to make room for it. */
const serviceMonitor: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: "cluster-autoscaler", namespace: "kube-system" },
  spec: { selector: { matchLabels: labels }, endpoints: [{ port: "http", interval: "30s" }] },
};

/** Adds nodes for pods that find no room, and removes those that nobody needs. */
export const clusterAutoscaler = defineHelmAddon({
  name: "cluster_autoscaler",
  summary: "Grows and shrinks worker groups with the pods that need them",
  namespace: "kube-system",
  requires: [],
  after: ["coredns"],
  manifests_after: ["kube_prometheus_stack"],
  conflicts_with: [],
  wait: true, // what comes later may need nodes that only it can add
  options,
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

  values: ({ cluster_name, region, service_level }, given) => ({
    fullnameOverride: "cluster-autoscaler",
    cloudProvider: "aws",
    awsRegion: region,
    autoDiscovery: {
      clusterName: cluster_name,
      // With its value: on a managed group of fixed size, EKS's own "true" has been overwritten.
      tags: ["k8s.io/cluster-autoscaler/enabled=true", `k8s.io/cluster-autoscaler/${cluster_name}`],
    },
    rbac: { serviceAccount: { name: "cluster-autoscaler" } },
    replicaCount: service_level.replicas,
    topologySpreadConstraints: spreadOverZones(labels),
    tolerations: SYSTEM_TOLERATIONS,
    resources: resources("100m", "600Mi"),
    dnsPolicy: "Default", // the VPC's DNS: CoreDNS may be waiting for the very node that this adds
    securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
    containerSecurityContext: RESTRICTED_CONTAINER,
    extraArgs: {
      expander: given.expander,
      "emit-per-nodegroup-metrics": true, // how far each group is from its max_size
      "balance-similar-node-groups": true, // groups of one zone each grow evenly
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
          alertRules(context, "cluster-autoscaler", "kube-system", [
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

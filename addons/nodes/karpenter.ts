import { z } from "zod";
import { policyArn } from "../../language/words/arns";
import { defineHelmAddon, type Manifest } from "../contract/addon";
import { dashboardData } from "../contract/dashboard";
import { alertRules, monitored } from "../parts/monitoring";
import { resources } from "../parts/pods";
import { policyData, policyOf } from "../parts/policy";
import dashboard from "./karpenter.dashboard.json";
import kubernetes from "./karpenter-kubernetes.json";
import policy from "./karpenter-v1.14.policy.json";

const options = z.strictObject({
  spot_to_spot_consolidation: z
    .boolean()
    .describe("Also moves pods from a spot node to a cheaper spot node. Alpha feature of Karpenter."),
  node_policy_arns: z
    .array(policyArn)
    .max(7)
    .describe("Further IAM policies of the node role. Give pods a role of their own instead where you can."),
  node_repair: z.boolean().describe("Replaces nodes that report a fault. Alpha feature of Karpenter."),
});

/** Monitor of Karpenter. The chart's own does not work, because Karpenter must run before Prometheus, to start its nodes. */
const serviceMonitor: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: "karpenter", namespace: "kube-system" },
  spec: {
    selector: { matchLabels: { "app.kubernetes.io/name": "karpenter" } },
    endpoints: [{ port: "http-metrics", interval: "30s" }],
  },
};

const permissions = policyData.parse(policy);

/** Creates nodes for pending pods, and removes those that cost more than they are used. */
export const karpenter = defineHelmAddon({
  name: "karpenter",
  summary: "Creates nodes of the node_pools for pods that do not fit, and removes or replaces nodes",
  namespace: "kube-system",
  release_notes: {
    "oci://public.ecr.aws/karpenter/karpenter": "https://github.com/aws/karpenter-provider-aws/releases/tag/v", // 1.14.1
    "oci://public.ecr.aws/karpenter/karpenter-crd": "https://github.com/aws/karpenter-provider-aws/releases/tag/v", // as karpenter
  },
  requires: [],
  after: ["coredns"],
  manifests_after: ["kube_prometheus_stack"],
  conflicts_with: [],
  dashboard: dashboardData.parse(dashboard),
  auto_mode_brings: "is Karpenter, run by AWS",
  singleton: true,
  api_groups: ["karpenter.sh", "karpenter.k8s.aws"],
  crds: "upgraded",
  wait: true, // later releases may require nodes that only it can create
  skip_crds: true,
  oldest_charts: kubernetes.oldest,
  // As Karpenter's documentation recommends: Helm never upgrades the CRDs of the chart itself.
  further_charts: [{ chart: "karpenter_crd", order: "before", values: () => ({}) }],
  options,
  // Prices come from an endpoint in few regions; without the internet Karpenter uses those it was built with.
  aws_services: () => ["sqs", "ssm"],
  service_account: "karpenter",
  fargate: {
    labels: { "app.kubernetes.io/name": "karpenter", "app.kubernetes.io/instance": "karpenter" },
    annotations: ["serviceAccount", "annotations"],
  },
  permissions: (context) =>
    policyOf(permissions, context, {
      karpenter_node_role_arn: context.karpenter_node_role_arn,
      interruption_queue_arn: context.interruption_queues.karpenter.arn,
    }),

  values: (context, given) => ({
    serviceAccount: { name: "karpenter" },
    replicas: context.service_level.replicas,
    dnsPolicy: "Default", // the VPC's DNS: CoreDNS may be waiting for the very node that this makes
    controller: { resources: resources("250m", "1Gi") },
    settings: {
      clusterName: context.cluster_name,
      eksControlPlane: true, // the rest it learns from EKS
      interruptionQueue: context.interruption_queues.karpenter.name,
      isolatedVPC: context.private_network,
      // Or it would count on addresses that the nodes' first interfaces do not give to pods.
      ...(context.pods_in_own_subnets && { reservedENIs: "1" }),
      featureGates: { spotToSpotConsolidation: given.spot_to_spot_consolidation, nodeRepair: given.node_repair },
    },
  }),

  manifests: (context) =>
    monitored(context)
      ? [
          serviceMonitor,
          ...alertRules(context, "karpenter", "kube-system", [
            {
              name: "KarpenterPoolNearItsLimit",
              when: "max by (nodepool, resource_type) (karpenter_nodepools_usage / (karpenter_nodepools_limit > 0)) > 0.9",
              during: "15m",
              summary: "A node pool uses more than 90 % of its limits: it soon starts no more nodes",
            },
            {
              name: "KarpenterCannotMakeNodes",
              when: 'sum(increase(karpenter_cloudprovider_errors_total{error!="NodeClaimNotFoundError"}[15m])) > 5',
              during: "15m",
              summary: "AWS refuses what Karpenter asks for: see the controller's log",
            },
          ]),
        ]
      : [],
});

import { z } from "zod";
import { defineHelmAddon, type Manifest } from "../contract/addon";
import { dashboardData } from "../contract/dashboard";
import { reportOption } from "../contract/rule";
import { monitored } from "../parts/monitoring";
import { replicated } from "../parts/pods";
import { policyData, policyOf } from "../parts/policy";
import dashboard from "./aws-load-balancer-controller.dashboard.json";
import policy from "./aws-load-balancer-controller-v3.5.0.policy.json";
import { serviceClassGuard } from "./service-class-guard";

const options = z.strictObject({
  default_target_type: z
    .enum(["ip", "instance"])
    .describe("Default target of load balancers. ip: directly to the pod. instance: to the node."),
  default_scheme: z.enum(["internal", "internet-facing"]).describe("Default scheme of load balancers."),
  services_without_class: z
    .enum(["refuse", "warn", "allow"])
    .describe(
      "Handling of new Services of type LoadBalancer without a class. If allowed, Kubernetes creates a public Classic Load Balancer for each.",
    ),
  waf: z.boolean().describe("Allows AWS WAF web ACLs on load balancers."),
  shield: z.boolean().describe("Allows AWS Shield Advanced for load balancers. The account requires a subscription."),
});

/** Its metrics. Not by the chart's own value: Prometheus comes after it, because Grafana can have an Ingress. */
const MONITOR: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name: "aws-load-balancer-controller", namespace: "kube-system" },
  spec: {
    selector: { matchLabels: { "app.kubernetes.io/name": "aws-load-balancer-controller" } },
    podMetricsEndpoints: [{ port: "metrics-server", path: "/metrics" }],
  },
};

const permissions = policyData.parse(policy);

/**
 * Makes an Application Load Balancer of an Ingress, and a Network Load Balancer of a Service whose loadBalancerClass is
 * service.k8s.aws/nlb.
 */
export const awsLoadBalancerController = defineHelmAddon({
  name: "aws_load_balancer_controller",
  summary: "AWS load balancers for Ingresses (class alb) and Services (class service.k8s.aws/nlb)",
  namespace: "kube-system",
  requires: [],
  after: ["coredns", "cluster_autoscaler"],
  manifests_after: ["kube_prometheus_stack"],
  conflicts_with: [],
  dashboard: dashboardData.parse(dashboard),
  ingress_classes: [
    {
      name: "alb",
      renamed_by: ["ingressClass"],
      auto_mode_serves: true,
      advice: "set aws_load_balancer_controller_enabled: true",
    },
  ],
  provides: ["load_balancers"],
  auto_mode_brings: "creates load balancers for the class eks.amazonaws.com/alb",
  singleton: true,
  api_groups: ["elbv2.k8s.aws", "gateway.k8s.aws"],
  crds: "installed_once",
  wait: true, // its webhooks refuse Ingresses while it is not there
  options,
  service_account: "aws-load-balancer-controller",
  fargate: {
    labels: {
      "app.kubernetes.io/name": "aws-load-balancer-controller",
      "app.kubernetes.io/instance": "aws-load-balancer-controller",
    },
    annotations: ["serviceAccount", "annotations"],
  },
  aws_services: ({ waf }) => (waf ? ["elasticloadbalancing", "wafv2"] : ["elasticloadbalancing"]),
  needs_internet: ({ shield }) => (shield ? "the API of Shield" : undefined),
  checks: [
    ({ private_network }, { default_scheme }) =>
      reportOption(
        private_network && default_scheme === "internet-facing",
        "default_scheme",
        "must be internal, because a private network is not reachable from the internet",
      ),
  ],
  permissions: (context, { shield, waf }) =>
    policyOf(permissions, context, { vpc_id: context.vpc_id }, [
      ...(waf ? ["waf"] : []),
      ...(shield ? ["shield"] : []),
    ]),
  values: (context, { default_scheme, default_target_type, shield, waf }) => ({
    clusterName: context.cluster_name,
    // Pods cannot reach the instance metadata service: nodes answer with a hop limit of 1.
    region: context.region,
    vpcId: context.vpc_id,
    serviceAccount: { name: "aws-load-balancer-controller" },
    ...replicated(
      context,
      "replicaCount",
      { "app.kubernetes.io/instance": "aws-load-balancer-controller" },
      "100m",
      "256Mi",
    ),
    podDisruptionBudget: { maxUnavailable: 1 },
    // That webhook fails the creation of every Service of the cluster while no controller runs; a class on the Service has the same
    // effect without it.
    enableServiceMutatorWebhook: false,
    keepTLSSecret: true, // otherwise every upgrade makes a new certificate, and webhooks fail until all replicas have it
    defaultTargetType: default_target_type,
    defaultLoadBalancerScheme: default_scheme,
    enableShield: shield,
    enableWaf: false, // WAF Classic has ended
    enableWafv2: waf,
    serviceMonitor: { enabled: false },
  }),
  manifests: (context, { services_without_class }) => [
    ...(services_without_class === "allow" ? [] : serviceClassGuard(services_without_class)),
    ...(monitored(context) ? [MONITOR] : []),
  ],
});

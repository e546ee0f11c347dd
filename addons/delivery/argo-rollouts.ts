import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { monitored } from "../parts/monitoring";
import { replicated } from "../parts/pods";

const ROUTERS = {
  aws_load_balancer_controller: "awsLoadBalancerController",
  istio: "istio",
  traefik: "traefik",
} as const;

/** Every traffic router that the chart can give rights for. Unused ones stay off. */
const PROVIDERS = [
  "ambassador",
  "apisix",
  "awsAppMesh",
  "awsLoadBalancerController",
  "contour",
  "gatewayAPI",
  "glooPlatform",
  "istio",
  "smi",
  "traefik",
] as const;

const options = z.strictObject({
  traffic_routers: z
    .array(z.enum(["aws_load_balancer_controller", "istio", "traefik"]))
    .describe("Traffic routers whose objects Rollouts may change to shift traffic between versions."),
  verify_target_groups: z
    .boolean()
    .describe(
      "Waits until an AWS target group contains the pods of a new version. Requires a role that may describe target groups.",
    ),
});

/** Canaries and blue-green deployments, by the kind Rollout in place of Deployment. */
export const argoRollouts = defineHelmAddon({
  name: "argo_rollouts",
  summary: "Canary and blue-green deployments with analysis (kind Rollout)",
  namespace: "argo-rollouts",
  pod_security: "restricted",
  release_notes: {
    "https://argoproj.github.io/argo-helm/argo-rollouts":
      "https://github.com/argoproj/argo-helm/releases/tag/argo-rollouts-", // 2.12.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [],
  api_groups: ["argoproj.io"],
  crds: "upgraded",
  wait: false,
  options,
  service_account: "argo-rollouts",
  fargate: {
    labels: { "app.kubernetes.io/name": "argo-rollouts", "app.kubernetes.io/instance": "argo-rollouts" },
    annotations: ["serviceAccount", "annotations"],
  },
  aws_services: ({ verify_target_groups }) => (verify_target_groups ? ["elasticloadbalancing"] : []),
  permissions: (_context, { verify_target_groups }) =>
    verify_target_groups
      ? [
          {
            sid: "LookAtTargets", // Elastic Load Balancing does not limit describing to some resources
            actions: [
              "elasticloadbalancing:DescribeListeners",
              "elasticloadbalancing:DescribeLoadBalancers",
              "elasticloadbalancing:DescribeRules",
              "elasticloadbalancing:DescribeTags",
              "elasticloadbalancing:DescribeTargetGroups",
              "elasticloadbalancing:DescribeTargetHealth",
            ],
            resources: ["*"],
          },
        ]
      : [],

  values: (context, { traffic_routers, verify_target_groups }) => {
    const used: readonly string[] = traffic_routers.map((router) => ROUTERS[router]);
    return {
      installCRDs: true, // from its templates, so that Helm upgrades them
      keepCRDs: true, // deleting them would delete every Rollout, and its pods
      serviceAccount: { name: "argo-rollouts" },
      controller: {
        ...replicated(context, "replicas", { "app.kubernetes.io/component": "rollouts-controller" }, "50m", "256Mi"),
        awsVerifyTargetGroup: verify_target_groups,
        pdb: { enabled: true, maxUnavailable: 1 },
        priorityClassName: "system-cluster-critical", // without it no Rollout gets a pod
        metrics: { enabled: monitored(context), serviceMonitor: { enabled: monitored(context) } },
      },
      providerRBAC: { providers: Object.fromEntries(PROVIDERS.map((name) => [name, used.includes(name)])) },
      dashboard: { enabled: false }, // it has no login: kubectl argo rollouts dashboard does the same
    };
  },
});

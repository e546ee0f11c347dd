import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { reportSwitch } from "../contract/rule";
import { monitored } from "../parts/monitoring";
import { nlbAnnotations, nlbSpec, privateSources, scheme, sourceRanges } from "../parts/network-load-balancer";
import { replicated, SYSTEM_TOLERATIONS } from "../parts/pods";

const options = z.strictObject({
  scheme: scheme.describe("Scheme of the load balancer of class nginx."),
  default_class: z.boolean().describe("Sets nginx as the default ingress class."),
  source_ranges: sourceRanges,
});

/** For clusters that have it, until they have moved. */
export const ingressNginx = defineHelmAddon({
  name: "ingress_nginx",
  summary: "Ingress controller, retired upstream: traefik serves the same Ingresses",
  namespace: "ingress-nginx",
  pod_security: "baseline", // its container binds ports below 1024
  release_notes: {
    "https://kubernetes.github.io/ingress-nginx/ingress-nginx":
      "https://github.com/kubernetes/ingress-nginx/releases/tag/helm-chart-", // 4.15.1
  },
  requires: ["aws_load_balancer_controller"],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  network_load_balancer: true,
  served_ports: "any", // public listeners, and a webhook
  ingress_classes: [
    {
      name: "nginx",
      renamed_by: ["controller", "ingressClassResource", "name"],
      is_default: ({ default_class }) => default_class,
    },
  ],
  wait: true, // its webhook refuses Ingresses while it is not there
  options,
  checks: [
    (_, { scheme: side, source_ranges }) => privateSources(side === "internet-facing", source_ranges),
    () =>
      reportSwitch(
        true,
        "ingress-nginx is retired and has had no fixes since March 2026. Use traefik, whose option nginx_ingresses serves the same Ingresses, or envoy_gateway for new routes",
        "warning",
      ),
  ],
  values: (context, { default_class, scheme: side, source_ranges }) => ({
    controller: {
      ...replicated(context, "replicaCount", { "app.kubernetes.io/instance": "ingress-nginx" }, "100m", "512Mi"),
      maxUnavailable: 1,
      priorityClassName: "system-cluster-critical",
      ingressClassResource: { default: default_class },
      config: { "use-proxy-protocol": "true" },
      service: { ...nlbSpec(context, source_ranges), annotations: nlbAnnotations(context, side) },
      admissionWebhooks: {
        patch: { tolerations: SYSTEM_TOLERATIONS },
      },
      metrics: { enabled: monitored(context), serviceMonitor: { enabled: monitored(context) } },
    },
  }),
});

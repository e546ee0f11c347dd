import { z } from "zod";
import { objectName } from "../../language/words/kubernetes";
import { defineHelmAddon, type Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { reportOption } from "../contract/rule";
import { monitored } from "../parts/monitoring";
import { nlbAnnotations, nlbSpec, privateSources, type scheme, sourceRanges } from "../parts/network-load-balancer";
import { resources, SHORT_JOB, SYSTEM_TOLERATIONS, spreadOverZones } from "../parts/pods";
import dashboard from "./envoy-gateway.dashboard.json";

const NAMESPACE = "envoy-gateway-system";

const options = z.strictObject({
  internal_gateway: z
    .boolean()
    .describe("Creates the Gateway internal, behind an internal load balancer, for routes of all namespaces."),
  public_gateway: z
    .boolean()
    .describe("Creates the Gateway public, behind an internet-facing load balancer, for routes of all namespaces."),
  certificate_issuer: objectName
    .nullable()
    .describe(
      "ClusterIssuer of cert_manager for the Gateways' certificate, which covers all names directly below k8s_base_domain. null, or a cluster without cert_manager or domain, serves HTTP only.",
    ),
  source_ranges: sourceRanges.describe("CIDR ranges that may reach the Gateway public. Empty for the whole internet."),
  max_replicas: z
    .int()
    .min(2)
    .max(100)
    .nullable()
    .describe("Maximum number of Envoys of a Gateway, scaled by CPU. null for the fixed number of the service level."),
});

type Options = z.output<typeof options>;
type Scheme = z.output<typeof scheme>;

/** CPU of its request, in percent, above which a Gateway gets another Envoy. */
const BUSY = 70;

const GATEWAYS = [
  { name: "internal", scheme: "internal", wanted: (given: Options) => given.internal_gateway },
  { name: "public", scheme: "internet-facing", wanted: (given: Options) => given.public_gateway },
] as const satisfies readonly { name: string; scheme: Scheme; wanted(given: Options): boolean }[];

/** Settings of a Gateway's Envoys and of their load balancer. */
function envoyProxy(context: AddonContext, given: Options, name: string, side: Scheme): Manifest {
  const { max_replicas, source_ranges } = given;
  const { replicas } = context.service_level;
  const ranges = side === "internet-facing" ? source_ranges : [];
  const scaled = {
    envoyHpa: {
      minReplicas: replicas,
      maxReplicas: Math.max(replicas, max_replicas ?? replicas),
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: BUSY } } },
      ],
    },
  };
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "EnvoyProxy",
    metadata: { name, namespace: NAMESPACE },
    spec: {
      ...(context.ipv6_pods && { ipFamily: "IPv6" }), // by default Envoy listens by IPv4 only
      provider: {
        type: "Kubernetes",
        kubernetes: {
          envoyDeployment: {
            ...(max_replicas === null && { replicas }),
            pod: {
              priorityClassName: "system-cluster-critical",
              tolerations: SYSTEM_TOLERATIONS,
              topologySpreadConstraints: spreadOverZones({ "gateway.envoyproxy.io/owning-gateway-name": name }),
            },
            container: { resources: resources("100m", "512Mi") },
          },
          ...(max_replicas !== null && scaled),
          envoyPDB: { maxUnavailable: 1 },
          envoyService: {
            type: "LoadBalancer",
            ...nlbSpec(context, ranges),
            annotations: nlbAnnotations(context, side),
          },
        },
      },
    },
  };
}

const allNamespaces = { namespaces: { from: "All" } } as const;

/** With certificates, HTTP only redirects, by a route of the addon. */
function gateway(
  { enabled, k8s_base_domain }: AddonContext,
  { certificate_issuer }: Options,
  name: string,
): readonly Manifest[] {
  const parametersRef = { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", name };
  const secured = certificate_issuer !== null && k8s_base_domain !== null && enabled.cert_manager;
  const http = {
    name: "http",
    port: 80,
    protocol: "HTTP",
    allowedRoutes: secured ? { namespaces: { from: "Same" } } : allNamespaces,
  };
  const https = {
    name: "https",
    port: 443,
    protocol: "HTTPS",
    hostname: `*.${k8s_base_domain}`,
    tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: `${name}-tls` }] },
    allowedRoutes: allNamespaces,
  };
  const annotations = { "cert-manager.io/cluster-issuer": certificate_issuer };
  const target = { group: "gateway.networking.k8s.io", kind: "Gateway", name };
  return [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name, namespace: NAMESPACE, ...(secured && { annotations }) },
      spec: {
        gatewayClassName: "envoy",
        infrastructure: { parametersRef },
        listeners: secured ? [http, https] : [http],
      },
    },
    {
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "ClientTrafficPolicy",
      metadata: { name, namespace: NAMESPACE },
      spec: { targetRefs: [target], proxyProtocol: { optional: false } },
    },
    ...(secured
      ? [
          {
            apiVersion: "gateway.networking.k8s.io/v1",
            kind: "HTTPRoute",
            metadata: { name: `${name}-to-https`, namespace: NAMESPACE },
            spec: {
              parentRefs: [{ name, sectionName: "http" }],
              rules: [
                { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] },
              ],
            },
          },
        ]
      : []),
  ];
}

/** The controller's own metrics; its chart has no monitor. */
const MONITOR: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name: "envoy-gateway", namespace: NAMESPACE },
  spec: {
    selector: { matchLabels: { "control-plane": "envoy-gateway" } },
    podMetricsEndpoints: [{ port: "metrics", path: "/metrics" }],
  },
};

/** Monitor of the Envoys of all Gateways. */
const PROXIES_MONITOR: Manifest = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name: "envoy-proxies", namespace: NAMESPACE },
  spec: {
    selector: {
      matchLabels: { "app.kubernetes.io/managed-by": "envoy-gateway", "app.kubernetes.io/component": "proxy" },
    },
    podMetricsEndpoints: [{ port: "metrics", path: "/stats/prometheus" }],
  },
};

/**
 * The Gateway API, by Envoy. The CRDs of both are in the chart's folder `crds`, which Helm installs once and never upgrades; its
 * chart of CRDs is larger than a Helm release may be (1 MiB): docs/addons.md shows what to do before a new version.
 */
export const envoyGateway = defineHelmAddon({
  name: "envoy_gateway",
  summary: "Gateway API: the GatewayClass envoy, and Gateways behind Network Load Balancers",
  namespace: NAMESPACE,
  pod_security: "baseline",
  release_notes: {
    "oci://docker.io/envoyproxy/gateway-helm": "https://github.com/envoyproxy/gateway/releases/tag/", // v1.9.2
  },
  requires: ["aws_load_balancer_controller"],
  after: ["coredns", "kube_prometheus_stack", "metrics_server"],
  manifests_after: ["cert_manager"],
  conflicts_with: [],
  network_load_balancer: true,
  served_ports: "any", // listeners of Gateways
  dashboard: dashboardData.parse(dashboard),
  api_groups: ["gateway.networking.k8s.io", "gateway.envoyproxy.io"],
  crds: "installed_once",
  wait: false,
  options,
  uses_issuer: ({ certificate_issuer }) =>
    certificate_issuer === null ? null : { option: "certificate_issuer", name: certificate_issuer },
  checks: [
    ({ enabled }, { max_replicas }) =>
      reportOption(
        max_replicas !== null && !enabled.metrics_server,
        "max_replicas",
        "requires metrics_server. Set metrics_server_enabled: true, or set this to null",
      ),
    (_, { public_gateway, source_ranges }) =>
      reportOption(
        source_ranges.length > 0 && !public_gateway,
        "source_ranges",
        "has no effect because public_gateway is false. Remove it, or set public_gateway: true",
      ),
    (_, { public_gateway, source_ranges }) => privateSources(public_gateway, source_ranges),
  ],
  values: ({ service_level }) => ({
    deployment: {
      replicas: service_level.replicas,
      priorityClassName: "system-cluster-critical",
      pod: {
        tolerations: SYSTEM_TOLERATIONS,
        topologySpreadConstraints: spreadOverZones({ "control-plane": "envoy-gateway" }),
      },
    },
    podDisruptionBudget: { maxUnavailable: 1 },
    certgen: { job: { tolerations: SYSTEM_TOLERATIONS, resources: SHORT_JOB } },
  }),
  manifests: (context, given) => [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "envoy" },
      spec: {
        controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
        // A Gateway is internal by default.
        parametersRef: { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", name: "default", namespace: NAMESPACE },
      },
    },
    envoyProxy(context, given, "default", "internal"),
    ...GATEWAYS.filter(({ wanted }) => wanted(given)).flatMap(({ name, scheme: side }) => [
      envoyProxy(context, given, name, side),
      ...gateway(context, given, name),
    ]),
    ...(monitored(context) ? [MONITOR, PROXIES_MONITOR] : []),
  ],
});

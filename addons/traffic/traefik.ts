import { z } from "zod";
import { defineHelmAddon, type Manifest, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { reportOption } from "../contract/rule";
import { alertRules, monitored } from "../parts/monitoring";
import {
  balancerRanges,
  nlbAnnotations,
  nlbSpec,
  privateSources,
  scheme,
  sourceRanges,
} from "../parts/network-load-balancer";
import { ONE_AT_A_TIME, resources, SYSTEM_TOLERATIONS, spreadOverZones } from "../parts/pods";
import dashboard from "./traefik.dashboard.json";

const options = z.strictObject({
  scheme: scheme.describe("Scheme of the load balancer of class traefik."),
  internal_class: z
    .boolean()
    .describe(
      "Runs a second Traefik behind an internal load balancer, with the class traefik-internal, for clusters whose first Traefik is internet-facing.",
    ),
  default_class: z.boolean().describe("Sets traefik as the default ingress class."),
  nginx_ingresses: z
    .boolean()
    .describe("Also serves Ingresses of class nginx, with their nginx.ingress.kubernetes.io annotations."),
  redirect_to_https: z.boolean().describe("Redirects HTTP to HTTPS."),
  source_ranges: sourceRanges,
  max_replicas: z
    .int()
    .min(2)
    .max(100)
    .nullable()
    .describe("Maximum number of replicas, scaled by CPU. null for the fixed number of the service level."),
  access_logs: z.boolean().describe("Logs each request as a line of JSON."),
});

type Options = z.output<typeof options>;

/** CPU of its request, in percent, above which it gets another replica. */
const BUSY = 70;

function replicas({ service_level }: AddonContext, { max_replicas }: Options): Values {
  if (max_replicas === null) return { deployment: { replicas: service_level.replicas } };
  const target = { type: "Utilization", averageUtilization: BUSY };
  return {
    autoscaling: {
      enabled: true,
      minReplicas: service_level.replicas,
      maxReplicas: Math.max(service_level.replicas, max_replicas),
      metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
    },
  };
}

/** An entry point behind the load balancer. It accepts requests for 30 s after the signal to stop, until no more arrive. */
function entry(context: AddonContext): Values {
  return {
    proxyProtocol: { trustedIPs: balancerRanges(context) },
    transport: { lifeCycle: { requestAcceptGraceTimeout: "30s" } },
  };
}

/** Values of one Traefik, of a class of its own. */
function traefikValues(
  context: AddonContext,
  given: Options,
  own: {
    readonly name: string;
    readonly scheme: Options["scheme"];
    readonly is_default: boolean;
    readonly nginx: boolean;
    readonly ranges: readonly string[];
  },
): Values {
  const redirection = { redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } } };
  return {
    ...replicas(context, given),
    ingressClass: { enabled: true, isDefaultClass: own.is_default, name: own.name },
    podDisruptionBudget: ONE_AT_A_TIME,
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": `${own.name}-traefik` }),
    tolerations: SYSTEM_TOLERATIONS,
    priorityClassName: "system-cluster-critical",
    resources: resources("100m", "256Mi"),
    providers: {
      // The class traefik serves IngressRoutes without an annotation; another class only those that name it.
      kubernetesCRD: { ingressClass: own.name === "traefik" ? "" : own.name },
      kubernetesIngress: { ingressClass: own.name },
      ...(own.nginx && { kubernetesIngressNGINX: { enabled: true, publishService: { enabled: true } } }),
    },
    ports: {
      web: { ...entry(context), ...(given.redirect_to_https && { http: redirection }) },
      websecure: entry(context),
    },
    service: {
      annotations: nlbAnnotations(context, own.scheme),
      spec: { type: "LoadBalancer", ...nlbSpec(context, own.ranges) },
    },
    api: { dashboard: false },
    log: { format: "json" },
    accessLog: { enabled: given.access_logs, format: "json" },
    global: { checkNewVersion: false },
    ...(monitored(context) && {
      metrics: {
        prometheus: {
          service: { enabled: true },
          serviceMonitor: { enabled: true },
          disableAPICheck: true, // the CRDs are there: kube-prometheus-stack comes before
        },
      },
    }),
  };
}

/** The class that ingress-nginx had, for Ingresses that still name it. */
const NGINX_CLASS: Manifest = {
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: "nginx" },
  spec: { controller: "k8s.io/ingress-nginx" },
};

/** Routes HTTP to pods by Ingresses and IngressRoutes. Its chart of CRDs is discontinued. */
export const traefik = defineHelmAddon({
  name: "traefik",
  summary: "Ingress controller behind a Network Load Balancer: classes traefik and traefik-internal",
  namespace: "traefik",
  pod_security: "restricted",
  release_notes: {
    "https://traefik.github.io/charts/traefik": "https://github.com/traefik/traefik-helm-chart/releases/tag/v", // 41.6.1
  },
  requires: ["aws_load_balancer_controller"],
  after: ["coredns", "kube_prometheus_stack", "metrics_server"],
  conflicts_with: [],
  open_switches: [{ path: ["api", "insecure"], opens: "Traefik's dashboard and API without a login" }],
  network_load_balancer: true,
  served_ports: "any", // public listeners
  dashboard: dashboardData.parse(dashboard),
  ingress_classes: [
    {
      name: "traefik",
      renamed_by: ["ingressClass", "name"],
      is_default: ({ default_class }) => default_class,
      advice: "set traefik_enabled: true",
    },
    {
      name: "traefik-internal",
      served: ({ internal_class }) => internal_class,
      advice: "set traefik_enabled: true and its internal_class: true",
    },
    {
      name: "nginx",
      served: ({ nginx_ingresses }) => nginx_ingresses,
      advice: "set traefik_enabled: true and its nginx_ingresses: true",
    },
  ],
  api_groups: ["traefik.io"],
  crds: "installed_once",
  wait: false,
  options,
  checks: [
    (_, { scheme: side, source_ranges }) => privateSources(side === "internet-facing", source_ranges),
    (_, { internal_class, scheme: side }) =>
      reportOption(
        internal_class && side === "internal",
        "internal_class",
        "has no effect because traefik is internal already. Remove it, or set scheme: internet-facing",
      ),
    ({ enabled }, { max_replicas }) =>
      reportOption(
        max_replicas !== null && !enabled.metrics_server,
        "max_replicas",
        "requires metrics_server. Set metrics_server_enabled: true, or set this to null",
      ),
    ({ enabled }, { nginx_ingresses }) =>
      reportOption(
        nginx_ingresses && enabled.ingress_nginx === true,
        "nginx_ingresses",
        "conflicts with ingress_nginx, which serves the same class. Set it to false, or set ingress_nginx_enabled: false",
      ),
  ],
  further_charts: [
    {
      chart: "traefik_internal",
      order: "after",
      included: (_context, { internal_class }) => internal_class,
      values: (context, given) =>
        traefikValues(context, given, {
          name: "traefik-internal",
          scheme: "internal",
          is_default: false,
          nginx: false,
          ranges: [], // those of the option are of the internet
        }),
    },
  ],
  values: (context, given) =>
    traefikValues(context, given, {
      name: "traefik",
      scheme: given.scheme,
      is_default: given.default_class,
      nginx: given.nginx_ingresses,
      ranges: given.source_ranges,
    }),
  manifests_after: ["kube_prometheus_stack"],
  manifests: (context, { nginx_ingresses }) => [
    ...(nginx_ingresses ? [NGINX_CLASS] : []),
    ...alertRules(context, "traefik", "traefik", [
      {
        name: "IngressFails",
        when: 'sum(rate(traefik_entrypoint_requests_total{code=~"5.."}[5m])) / sum(rate(traefik_entrypoint_requests_total[5m])) > 0.05',
        during: "10m",
        summary: "More than 5 % of the requests through Traefik end with a server error",
      },
    ]),
  ],
});

import { traefik } from "../../../addons/traffic/traefik";
import { contextOf, LEVELS, manifestsOf, monitoredContext, optionsOf, reportsOf, valuesOf } from "../support/context";

const nlb = (scheme: string) => ({
  "service.beta.kubernetes.io/aws-load-balancer-type": "external",
  "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
  "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*",
  "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": "proxy_protocol_v2.enabled=true",
  "service.beta.kubernetes.io/aws-load-balancer-scheme": scheme,
});
const entry = {
  proxyProtocol: { trustedIPs: ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"] },
  transport: { lifeCycle: { requestAcceptGraceTimeout: "30s" } },
};

test("is the default class, behind an internal load balancer, by default", () => {
  expect(valuesOf(traefik)).toEqual({
    deployment: { replicas: 2 },
    ingressClass: { enabled: true, isDefaultClass: true, name: "traefik" },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/instance": "traefik-traefik" } },
      },
    ],
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    priorityClassName: "system-cluster-critical",
    resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "256Mi" } },
    providers: { kubernetesCRD: { ingressClass: "" }, kubernetesIngress: { ingressClass: "traefik" } },
    ports: {
      web: {
        ...entry,
        http: { redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } } },
      },
      websecure: entry,
    },
    service: { annotations: nlb("internal"), spec: { type: "LoadBalancer" } },
    api: { dashboard: false },
    log: { format: "json" },
    accessLog: { enabled: false, format: "json" },
    global: { checkNewVersion: false },
  });
});

test("scales by CPU, from the service level's replicas", () => {
  const { autoscaling, deployment } = valuesOf(traefik, contextOf({ service_level: LEVELS.three }), {
    max_replicas: 9,
  });
  const target = { type: "Utilization", averageUtilization: 70 };

  expect(deployment).toBeUndefined();
  expect(autoscaling).toEqual({
    enabled: true,
    minReplicas: 3,
    maxReplicas: 9,
    metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
  });
  expect(
    valuesOf(traefik, contextOf({ service_level: LEVELS.three }), { max_replicas: 2 })["autoscaling"],
  ).toMatchObject({ maxReplicas: 3 });
});

test("is open to the internet for the listed ranges, and keeps HTTP if the redirect is off", () => {
  const { ports, service } = valuesOf(traefik, contextOf(), {
    scheme: "internet-facing",
    source_ranges: ["203.0.113.0/24"],
    redirect_to_https: false,
  });

  expect(ports).toEqual({ web: entry, websecure: entry });
  expect(service).toEqual({
    annotations: nlb("internet-facing"),
    spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["203.0.113.0/24"] },
  });
});

test("has an internal second instance with its own class, which serves no Ingress of the first", () => {
  const [second] = traefik.further_charts ?? [];
  const given = optionsOf(traefik, { scheme: "internet-facing", internal_class: true, nginx_ingresses: true });

  expect(second).toMatchObject({ chart: "traefik_internal", order: "after" });
  expect(second?.included?.(contextOf(), given)).toBe(true);
  expect(second?.included?.(contextOf(), optionsOf(traefik))).toBe(false);
  expect(second?.values(contextOf(), given)).toMatchObject({
    ingressClass: { enabled: true, isDefaultClass: false, name: "traefik-internal" },
    providers: {
      kubernetesCRD: { ingressClass: "traefik-internal" },
      kubernetesIngress: { ingressClass: "traefik-internal" },
    },
    service: { annotations: nlb("internal") },
  });
  expect(second?.values(contextOf(), given)["providers"]).not.toHaveProperty("kubernetesIngressNGINX");
});

test("serves the Ingresses of a removed ingress-nginx, and creates their class", () => {
  expect(valuesOf(traefik, contextOf(), { nginx_ingresses: true })["providers"]).toEqual({
    kubernetesCRD: { ingressClass: "" },
    kubernetesIngress: { ingressClass: "traefik" },
    kubernetesIngressNGINX: { enabled: true, publishService: { enabled: true } },
  });
  expect(manifestsOf(traefik, contextOf(), { nginx_ingresses: true })).toEqual([
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name: "nginx" },
      spec: { controller: "k8s.io/ingress-nginx" },
    },
  ]);
  expect(manifestsOf(traefik)).toEqual([]);
});

test("is scraped, and has an alert for failed requests, if Prometheus is installed", () => {
  expect(valuesOf(traefik, monitoredContext)["metrics"]).toEqual({
    prometheus: { service: { enabled: true }, serviceMonitor: { enabled: true }, disableAPICheck: true },
  });
  expect(manifestsOf(traefik, monitoredContext).map(({ kind }) => kind)).toEqual(["PrometheusRule"]);
});

test.each([
  [
    { internal_class: true },
    ["metrics_server"],
    "internal_class",
    "has no effect because traefik is internal already. Remove it, or set scheme: internet-facing",
  ],
  [
    { max_replicas: 5 },
    [],
    "max_replicas",
    "requires metrics_server. Set metrics_server_enabled: true, or set this to null",
  ],
  [
    { nginx_ingresses: true },
    ["ingress_nginx"],
    "nginx_ingresses",
    "conflicts with ingress_nginx, which serves the same class. Set it to false, or set ingress_nginx_enabled: false",
  ],
])("refuses %p beside %p", (given, enabled, option, message) => {
  expect(reportsOf(traefik, contextOf({ enabled }), optionsOf(traefik, given))).toEqual([
    { path: ["options", option], message },
  ]);
});

test("has a load balancer of Auto Mode on its nodes", () => {
  expect(valuesOf(traefik, contextOf({ auto_mode_only: true }))["service"]).toMatchObject({
    spec: { type: "LoadBalancer", loadBalancerClass: "eks.amazonaws.com/nlb" },
  });
});

test("accepts settings that belong together", () => {
  const given = { scheme: "internet-facing" as const, internal_class: true, nginx_ingresses: true, max_replicas: 5 };

  expect(reportsOf(traefik, contextOf({ enabled: ["metrics_server"] }), optionsOf(traefik, given))).toEqual([]);
});

test("is behind a load balancer of both families in an IPv6 cluster, and trusts its addresses", () => {
  const values = valuesOf(traefik, contextOf({ ipv6_pods: true }));

  expect(values).toMatchObject({
    service: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack" } },
    ports: {
      web: { proxyProtocol: { trustedIPs: [...entry.proxyProtocol.trustedIPs, "::/0"] } },
      websecure: { proxyProtocol: { trustedIPs: [...entry.proxyProtocol.trustedIPs, "::/0"] } },
    },
  });
});

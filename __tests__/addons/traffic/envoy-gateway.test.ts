import { envoyGateway } from "../../../addons/traffic/envoy-gateway";
import { contextOf, manifestsOf, optionsOf, reportsOf, valuesOf } from "../support/context";

const spread = (matchLabels: Readonly<Record<string, string>>) => [
  {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  },
];
const tolerations = [{ key: "CriticalAddonsOnly", operator: "Exists" }];
const names = (given: Parameters<typeof manifestsOf>[2], context = contextOf()) =>
  manifestsOf(envoyGateway, context, given).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const one = (kind: string, name: string, given = {}, context = contextOf()) =>
  manifestsOf(envoyGateway, context, given).find((it) => it.kind === kind && it.metadata.name === name);

test("its controller has the service level's replicas, and one may be down", () => {
  expect(valuesOf(envoyGateway)).toEqual({
    deployment: {
      replicas: 2,
      priorityClassName: "system-cluster-critical",
      pod: { tolerations, topologySpreadConstraints: spread({ "control-plane": "envoy-gateway" }) },
    },
    podDisruptionBudget: { maxUnavailable: 1 },
    certgen: { job: { tolerations, resources: { requests: { cpu: "10m", memory: "64Mi" } } } },
  });
});

test.each([
  [{ internal_gateway: false }, ["GatewayClass envoy", "EnvoyProxy default"]],
  [
    {},
    [
      "GatewayClass envoy",
      "EnvoyProxy default",
      "EnvoyProxy internal",
      "Gateway internal",
      "ClientTrafficPolicy internal",
    ],
  ],
  [
    { internal_gateway: false, public_gateway: true },
    ["GatewayClass envoy", "EnvoyProxy default", "EnvoyProxy public", "Gateway public", "ClientTrafficPolicy public"],
  ],
])("with %p it installs %p", (given, expected) => {
  expect(names(given)).toEqual(expected);
});

test("the Envoys of a Gateway are behind a load balancer of their own", () => {
  expect(
    one("EnvoyProxy", "public", { public_gateway: true, source_ranges: ["203.0.113.0/24"], max_replicas: 6 }),
  ).toEqual({
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "EnvoyProxy",
    metadata: { name: "public", namespace: "envoy-gateway-system" },
    spec: {
      provider: {
        type: "Kubernetes",
        kubernetes: {
          envoyDeployment: {
            pod: {
              priorityClassName: "system-cluster-critical",
              tolerations,
              topologySpreadConstraints: spread({ "gateway.envoyproxy.io/owning-gateway-name": "public" }),
            },
            container: { resources: { requests: { cpu: "100m", memory: "512Mi" }, limits: { memory: "512Mi" } } },
          },
          envoyHpa: {
            minReplicas: 2,
            maxReplicas: 6,
            metrics: [
              {
                type: "Resource",
                resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
              },
            ],
          },
          envoyPDB: { maxUnavailable: 1 },
          envoyService: {
            type: "LoadBalancer",
            loadBalancerSourceRanges: ["203.0.113.0/24"],
            annotations: {
              "service.beta.kubernetes.io/aws-load-balancer-type": "external",
              "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
              "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*",
              "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
              "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": "proxy_protocol_v2.enabled=true",
            },
          },
        },
      },
    },
  });
});

test("has a fixed number of Envoys by default, and ranges for the public Gateway only", () => {
  const made = manifestsOf(envoyGateway, contextOf(), { public_gateway: true, source_ranges: ["203.0.113.0/24"] });
  const internal = JSON.stringify(made.find((it) => it.kind === "EnvoyProxy" && it.metadata.name === "internal"));

  expect(internal).toContain('"replicas":2');
  expect(internal).not.toContain("envoyHpa");
  expect(internal).not.toContain("loadBalancerSourceRanges");
  expect(internal).toContain('aws-load-balancer-scheme":"internal"');
});

test("listens to HTTP without certificates, and trusts the load balancer's address of the caller", () => {
  expect(one("Gateway", "internal")).toEqual({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "internal", namespace: "envoy-gateway-system" },
    spec: {
      gatewayClassName: "envoy",
      infrastructure: {
        parametersRef: { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", name: "internal" },
      },
      listeners: [{ name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } }],
    },
  });
  expect(one("ClientTrafficPolicy", "internal")?.["spec"]).toEqual({
    targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "internal" }],
    proxyProtocol: { optional: false },
  });
});

test("listens to HTTPS too with certificates, and HTTP only redirects", () => {
  const context = contextOf({ enabled: ["cert_manager"] });

  expect(one("Gateway", "internal", {}, context)).toMatchObject({
    metadata: { annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" } },
    spec: {
      listeners: [
        { name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } },
        {
          name: "https",
          port: 443,
          protocol: "HTTPS",
          hostname: "*.demo.example.com",
          tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: "internal-tls" }] },
          allowedRoutes: { namespaces: { from: "All" } },
        },
      ],
    },
  });
  expect(one("HTTPRoute", "internal-to-https", {}, context)?.["spec"]).toEqual({
    parentRefs: [{ name: "internal", sectionName: "http" }],
    rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
  });
});

test("is scraped if Prometheus is installed", () => {
  const monitors = names({ internal_gateway: false }, contextOf({ enabled: ["kube_prometheus_stack"] }));

  expect(monitors.filter((name) => name.startsWith("PodMonitor"))).toEqual([
    "PodMonitor envoy-gateway",
    "PodMonitor envoy-proxies",
  ]);
});

test.each([
  [
    { max_replicas: 4 },
    "max_replicas",
    "requires metrics_server. Set metrics_server_enabled: true, or set this to null",
  ],
  [
    { source_ranges: ["203.0.113.0/24"] },
    "source_ranges",
    "has no effect because public_gateway is false. Remove it, or set public_gateway: true",
  ],
])("refuses %p alone", (given, option, message) => {
  expect(reportsOf(envoyGateway, contextOf(), optionsOf(envoyGateway, given))).toEqual([
    { path: ["options", option], message },
  ]);
});

test("accepts the certificates of another issuer, or none", () => {
  const context = contextOf({ enabled: ["cert_manager"] });

  expect(one("Gateway", "internal", { certificate_issuer: "company" }, context)).toMatchObject({
    metadata: { annotations: { "cert-manager.io/cluster-issuer": "company" } },
  });
  expect(one("Gateway", "internal", { certificate_issuer: null }, context)).toEqual(one("Gateway", "internal"));
});

test("has load balancers of Auto Mode on its nodes", () => {
  expect(one("EnvoyProxy", "internal", {}, contextOf({ auto_mode_only: true }))).toMatchObject({
    spec: { provider: { kubernetes: { envoyService: { loadBalancerClass: "eks.amazonaws.com/nlb" } } } },
  });
});

test("listens on IPv6 in an IPv6 cluster, behind a load balancer of both families", () => {
  expect(one("EnvoyProxy", "internal", {}, contextOf({ ipv6_pods: true }))?.["spec"]).toMatchObject({
    ipFamily: "IPv6",
    provider: {
      kubernetes: {
        envoyService: {
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack" },
        },
      },
    },
  });
  expect(one("EnvoyProxy", "internal")?.["spec"]).not.toHaveProperty("ipFamily");
});

import { ingressNginx } from "../../../addons/traffic/ingress-nginx";
import { contextOf, monitoredContext, optionsOf, reportsOf, valuesOf } from "../support/context";

test("is behind a load balancer, and is not the default class", () => {
  expect(valuesOf(ingressNginx, contextOf(), { source_ranges: ["203.0.113.0/24"], scheme: "internet-facing" })).toEqual(
    {
      controller: {
        replicaCount: 2,
        maxUnavailable: 1,
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: { "app.kubernetes.io/instance": "ingress-nginx" } },
          },
        ],
        tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
        priorityClassName: "system-cluster-critical",
        resources: { requests: { cpu: "100m", memory: "512Mi" }, limits: { memory: "512Mi" } },
        ingressClassResource: { default: false },
        config: { "use-proxy-protocol": "true" },
        service: {
          loadBalancerSourceRanges: ["203.0.113.0/24"],
          annotations: {
            "service.beta.kubernetes.io/aws-load-balancer-type": "external",
            "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
            "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*",
            "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
            "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes": "proxy_protocol_v2.enabled=true",
          },
        },
        admissionWebhooks: { patch: { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] } },
        metrics: { enabled: false, serviceMonitor: { enabled: false } },
      },
    },
  );
});

test("is scraped if Prometheus is installed", () => {
  expect(valuesOf(ingressNginx, monitoredContext)["controller"]).toMatchObject({
    metrics: { enabled: true, serviceMonitor: { enabled: true } },
  });
});

test("warns that it is retired, and names its successors", () => {
  expect(reportsOf(ingressNginx, contextOf(), optionsOf(ingressNginx))).toEqual([
    {
      path: ["enabled"],
      severity: "warning",
      message:
        "ingress-nginx is retired and has had no fixes since March 2026. Use traefik, whose option nginx_ingresses serves the same Ingresses, or envoy_gateway for new routes",
    },
  ]);
});

test("has a load balancer of Auto Mode on its nodes", () => {
  expect(valuesOf(ingressNginx, contextOf({ auto_mode_only: true }))["controller"]).toMatchObject({
    service: { loadBalancerClass: "eks.amazonaws.com/nlb" },
  });
});

test("is behind a load balancer of both families in an IPv6 cluster", () => {
  expect(valuesOf(ingressNginx, contextOf({ ipv6_pods: true }))).toMatchObject({
    controller: {
      service: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack" } },
    },
  });
});

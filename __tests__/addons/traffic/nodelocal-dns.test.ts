import { nodelocalDns } from "../../../addons/traffic/nodelocal-dns";
import { contextOf, monitoredContext, valuesOf } from "../support/context";

test("answers on the cluster's DNS address and nowhere else", () => {
  expect(valuesOf(nodelocalDns, contextOf({ cluster_dns_ip: "10.9.0.10" }), { cache_ttl_seconds: 60 })).toEqual({
    fullnameOverride: "node-local-dns",
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
                { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] },
              ],
            },
          ],
        },
      },
    },
    config: { dnsServer: "10.9.0.10", bindIp: true, cacheTTL: 60 },
    serviceMonitor: { enabled: false },
    dashboard: { enabled: false },
  });
});

test("is measured where there is a Prometheus", () => {
  expect(valuesOf(nodelocalDns, monitoredContext)).toMatchObject({
    serviceMonitor: { enabled: true },
    dashboard: { enabled: true },
  });
});

test("is nothing without CoreDNS", () => {
  expect(nodelocalDns.requires).toEqual(["coredns"]);
});

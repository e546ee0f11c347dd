import { nodelocalDns } from "../../../addons/traffic/nodelocal-dns";
import { contextOf, monitoredContext, valuesOf } from "../support/context";

test("answers on the cluster's DNS address only", () => {
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

test("is scraped if Prometheus is installed", () => {
  expect(valuesOf(nodelocalDns, monitoredContext)).toMatchObject({
    serviceMonitor: { enabled: true },
    dashboard: { enabled: true },
  });
});

test("requires CoreDNS", () => {
  expect(nodelocalDns.requires).toEqual(["coredns"]);
});

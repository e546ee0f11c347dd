import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { reportSwitch } from "../contract/rule";
import { monitored } from "../parts/monitoring";

const options = z.strictObject({
  cache_ttl_seconds: z.int().min(1).max(3600).describe("Maximum time that an answer is cached, in seconds."),
});

/** It has no image for Windows, and Fargate runs no DaemonSet; the chart has no key for a nodeSelector. */
const affinity = {
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
} as const;

/** A DNS cache on every node: fewer queries over the network, and no conntrack entry for each of them. */
export const nodelocalDns = defineHelmAddon({
  name: "nodelocal_dns",
  summary: "DNS cache on every node, in front of CoreDNS",
  namespace: "kube-system", // the chart supports no other
  daemon_pods: () => 1,
  requires: ["coredns"],
  after: ["kube_prometheus_stack"],
  needs_nodes: "runs a pod on every node",
  conflicts_with: [],
  further_switches: [{ section: "cluster", key: "nodelocal_dns_enabled" }],
  auto_mode_brings: "runs DNS on every node",
  wait: false,
  options,
  checks: [
    ({ kube_proxy_mode }) =>
      reportSwitch(
        kube_proxy_mode === "ipvs",
        "cannot listen on the address of the cluster's DNS, which kube-proxy has on every node in mode ipvs. Set nodelocal_dns_enabled: false, or use another mode",
      ),
    ({ ipv6_pods }) =>
      reportSwitch(
        ipv6_pods,
        "must be false in an IPv6 cluster: the cache also answers on an IPv4 address of the node, and its rules are of one family only",
      ),
  ],
  values: (context, { cache_ttl_seconds }) => ({
    fullnameOverride: "node-local-dns",
    affinity,
    config: {
      dnsServer: context.cluster_dns_ip, // listens on the address that pods already use
      bindIp: true, // otherwise port 53 would be open on every address of the node
      cacheTTL: cache_ttl_seconds,
    },
    serviceMonitor: { enabled: monitored(context) },
    dashboard: { enabled: monitored(context) },
  }),
});

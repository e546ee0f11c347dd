import { defineHelmAddon, reportOption, z } from "cluster-fleet/contracts";

/** The developer portal of Acme: a chart of its own registry. Its version is in definitions/extensions.yaml. */
export default defineHelmAddon({
  name: "acme_portal",
  summary: "Shows developers what runs on the cluster",
  namespace: "acme-portal",
  pod_security: "restricted",
  requires: ["coredns"],
  after: ["kube_prometheus_stack"],
  conflicts_with: ["headlamp"],
  wait: false,
  served_ports: [8080],
  options: z.strictObject({
    replicas: z.int().min(1).default(2).describe("Number of pods."),
    theme: z.enum(["light", "dark"]).default("light").describe("Colours of its pages."),
  }),
  service_account: "portal",
  permissions: ({ account_id, cluster_name, partition, region }) => [
    {
      sid: "ReadThisCluster",
      actions: ["eks:DescribeCluster", "eks:ListNodegroups"],
      resources: [`arn:${partition}:eks:${region}:${account_id}:cluster/${cluster_name}`],
    },
  ],
  checks: [(_cluster, { replicas }) => reportOption(replicas > 5, "replicas", `must be at most 5, but is ${replicas}`)],
  values: ({ cluster_name, enabled }, { replicas, theme }) => ({
    replicas,
    theme,
    title: cluster_name,
    metrics: { enabled: enabled["kube_prometheus_stack"] },
  }),
});

import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { RESTRICTED_CONTAINER, resources, restrictedPod, SYSTEM_TOLERATIONS } from "../parts/pods";

const options = z.strictObject({
  ui: z.boolean().describe("Runs the web UI. It has no login: use kubectl port-forward."),
  unattached_resources: z
    .boolean()
    .describe("Also counts the account's unused volumes and addresses. Requires a role that may list them."),
});

/** The Service of kube_prometheus_stack. */
const PROMETHEUS = {
  serviceName: "kube-prometheus-stack-prometheus",
  namespaceName: "monitoring",
  port: 9090,
} as const;

/** Computes the cost of namespaces, workloads and pods from AWS list prices and Prometheus metrics. */
export const opencost = defineHelmAddon({
  name: "opencost",
  summary: "Cost of each namespace and workload, from Prometheus and AWS's list prices",
  namespace: "opencost",
  pod_security: "restricted",
  release_notes: {
    "https://opencost.github.io/opencost-helm-chart/opencost":
      "https://github.com/opencost/opencost-helm-chart/releases/tag/opencost-", // 2.5.20
  },
  requires: ["kube_prometheus_stack"],
  after: ["coredns"],
  conflicts_with: [],
  served_ports: [9003, 9090],
  wait: false,
  options,
  service_account: "opencost",
  needs_internet: () => "AWS's public price list",

  permissions: (_context, { unattached_resources }) =>
    unattached_resources
      ? [
          {
            sid: "ListWhatNothingUses", // EC2 does not limit describing to some resources
            actions: ["ec2:DescribeAddresses", "ec2:DescribeVolumes"],
            resources: ["*"],
          },
        ]
      : [],

  values: ({ cluster_name }, { ui }) => ({
    serviceAccount: { name: "opencost" },
    podSecurityContext: restrictedPod(1001),
    opencost: {
      exporter: {
        defaultClusterId: cluster_name,
        resources: resources("50m", "1Gi"),
        securityContext: { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: false }, // keeps downloaded prices on its disk
      },
      mcp: { enabled: false }, // nothing here uses an AI for costs
      prometheus: { internal: { enabled: true, ...PROMETHEUS } },
      metrics: { serviceMonitor: { enabled: true } },
      ui: {
        enabled: ui,
        resources: resources("10m", "128Mi"),
        securityContext: { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: false }, // nginx writes its configuration at its start
      },
      tolerations: SYSTEM_TOLERATIONS,
    },
  }),
});

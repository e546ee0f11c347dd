import { z } from "zod";
import { dnsLabel } from "../../language/words/kubernetes";
import { defineHelmAddon } from "../contract/addon";
import { reportOption } from "../contract/rule";
import { resources, SYSTEM_TOLERATIONS } from "../parts/pods";

const options = z.strictObject({
  all_namespaces: z
    .boolean()
    .describe("Covers every namespace. false: only namespaces with the label goldilocks.fairwinds.com/enabled=true."),
  exclude_namespaces: z.array(dnsLabel).describe("Namespaces to leave out if all_namespaces is true."),
});

/** Recommends requests for each workload: it creates a VerticalPodAutoscaler for each, which only recommends. */
export const goldilocks = defineHelmAddon({
  name: "goldilocks",
  summary: "Dashboard that recommends CPU and memory requests for each workload",
  namespace: "goldilocks",
  pod_security: "restricted",
  requires: ["vertical_pod_autoscaler"],
  after: ["coredns"],
  conflicts_with: [],
  served_ports: [8080],
  install_switches: [
    { installs: "vertical_pod_autoscaler", path: ["vpa", "enabled"] },
    { installs: "metrics_server", path: ["metrics-server", "enabled"] },
  ],
  wait: false,
  options,
  checks: [
    (_, { all_namespaces, exclude_namespaces }) =>
      reportOption(
        !all_namespaces && exclude_namespaces.length > 0,
        "exclude_namespaces",
        "has no effect because all_namespaces is false. Remove it, or set all_namespaces: true",
      ),
  ],
  values: (_context, { all_namespaces, exclude_namespaces }) => ({
    image: { pullPolicy: "IfNotPresent" },
    controller: {
      flags: {
        "on-by-default": all_namespaces,
        ...(exclude_namespaces.length > 0 && { "exclude-namespaces": exclude_namespaces.join(",") }),
      },
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("25m", "256Mi"),
    },
    dashboard: {
      replicaCount: 1, // it shows what is in the cluster, and nothing depends on it
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("25m", "256Mi"),
    },
  }),
});

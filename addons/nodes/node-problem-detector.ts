import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { alertRules, monitored } from "../parts/monitoring";
import { EVERY_LINUX_NODE, resources } from "../parts/pods";

/** Finds broken kernels, file systems and disks, which a kubelet does not notice. */
export const nodeProblemDetector = defineHelmAddon({
  name: "node_problem_detector",
  summary: "Reports faults of a node's kernel and file systems as node conditions and events",
  namespace: "node-problem-detector",
  daemon_pods: () => 1,
  pod_security: "privileged", // it reads the host's /var/log and the kernel's messages
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [],
  wait: false,
  options: z.strictObject({}),
  values: (context) => ({
    settings: {
      log_monitors: ["/config/kernel-monitor.json", "/config/readonly-monitor.json"], // no Docker on EKS's nodes
    },
    ...EVERY_LINUX_NODE,
    resources: resources("20m", "80Mi"),
    maxUnavailable: "25%",
    metrics: { enabled: monitored(context), serviceMonitor: { enabled: monitored(context) } },
  }),
  manifests: (context) =>
    alertRules(context, "node-problem-detector", "node-problem-detector", [
      {
        name: "NodeProblem",
        when: "max by (node, type, reason) (problem_gauge) == 1",
        during: "5m",
        summary: "The node {{ $labels.node }} has {{ $labels.type }}: {{ $labels.reason }}",
      },
    ]),
});

import { z } from "zod";
import { defineEksAddon } from "../contract/addon";

/** Conditions of nodes (KernelReady, NetworkingReady, StorageReady, ...), which node repair and people go by. */
export const eksNodeMonitoringAgent = defineEksAddon({
  name: "eks_node_monitoring_agent",
  eks_name: "eks-node-monitoring-agent",
  summary: "Reads nodes' logs for faults of kernel, network, disks and GPUs, and reports them as node conditions",
  namespace: "kube-system",
  daemon_pods: () => 1,
  requires: [],
  after: [],
  needs_nodes: "runs a pod on every node",
  conflicts_with: [],
  provides: ["node_conditions"],
  auto_mode_brings: "watches its nodes itself",
  hybrid_nodes_need_it: true,
  options: z.strictObject({}),
  // Chart 1.7.0's own defaults: on every node whatever its taints, at system-node-critical.
  values: () => ({}),
});

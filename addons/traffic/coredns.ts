import { z } from "zod";
import { defineEksAddon } from "../contract/addon";
import { ONE_AT_A_TIME, resources, SYSTEM_TOLERATIONS, spreadOverZones } from "../parts/pods";

/** The autoscaler of the EKS add-on refuses less. */
const FEWEST_REPLICAS = 2;

const options = z.strictObject({
  max_replicas: z
    .int()
    .min(FEWEST_REPLICAS)
    .max(100)
    .describe("Maximum number of replicas of the add-on's own autoscaler, which follows nodes and cores."),
});

/** DNS of the cluster. After the nodes, because an EKS add-on whose pods cannot be placed is DEGRADED for 20 minutes. */
export const coredns = defineEksAddon({
  name: "coredns",
  eks_name: "coredns",
  summary: "Cluster DNS",
  namespace: "kube-system",
  release_notes: "https://github.com/coredns/coredns/releases/tag/", // v1.14.6
  requires: [],
  after: [],
  conflicts_with: [],
  provides: ["dns"],
  auto_mode_brings: "runs DNS on every node",
  hybrid_nodes_need_it: true,
  options,
  // Keys: `aws eks describe-addon-configuration --addon-name coredns`.
  values: ({ dns_on_fargate, service_level }, { max_replicas }) => {
    const minReplicas = Math.max(FEWEST_REPLICAS, service_level.replicas);
    return {
      autoScaling: { enabled: true, minReplicas, maxReplicas: Math.max(minReplicas, max_replicas) },
      podDisruptionBudget: ONE_AT_A_TIME,
      topologySpreadConstraints: spreadOverZones({ "k8s-app": "kube-dns" }),
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("100m", "170Mi"),
      // Otherwise, the add-on marks its pods for EC2 nodes, and they stay Pending on Fargate.
      ...(dns_on_fargate && { computeType: "Fargate" }),
    };
  },
});

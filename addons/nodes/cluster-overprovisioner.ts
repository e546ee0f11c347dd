import { z } from "zod";
import { quantity } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";
import { defineHelmAddon } from "../contract/addon";
import { reportSwitch } from "../contract/rule";
import { RESTRICTED_CONTAINER, restrictedPod } from "../parts/pods";

const reserve = z.strictObject({
  name: itemName(31).describe("Name of the reserved capacity."),
  replicas: z.int().min(0).describe("Number of placeholder pods."),
  cpu: quantity.meta({ examples: ["500m", "2"] }).describe("CPU that each pod reserves, such as 500m."),
  memory: quantity.meta({ examples: ["2Gi"] }).describe("Memory that each pod reserves, such as 1Gi."),
  node_selector: z.record(z.string(), z.string()).optional().describe("Labels of the nodes. Default: any node."),
  tolerations: z.array(z.record(z.string(), z.json())).optional().describe("Tolerations, as in a pod. Default: none."),
});

const options = z.strictObject({
  reserves: z
    .array(reserve)
    .min(1)
    .describe("Reserved capacity, by name. Each item is a Deployment of pods that do nothing."),
});

const AUTOSCALERS = ["cluster_autoscaler", "karpenter"] as const;

/** Pods that do nothing and are evicted for any other pod, so that a node is ready before it is needed. */
export const clusterOverprovisioner = defineHelmAddon({
  name: "cluster_overprovisioner",
  summary: "Reserved capacity on nodes, so that new pods do not wait for a node",
  namespace: "cluster-overprovisioner",
  pod_security: "restricted",
  requires: [],
  after: ["coredns", "cluster_autoscaler"],
  conflicts_with: [],
  served_ports: [],
  wait: false,
  options,
  asks_room: ({ reserves }) =>
    reserves.map(({ cpu, memory }, index) => ({ path: ["options", "reserves", index], cpu, memory })),
  checks: [
    ({ enabled }) =>
      reportSwitch(
        !AUTOSCALERS.some((name) => enabled[name]),
        `reserves capacity that nothing replaces once it is used. Enable one of ${AUTOSCALERS.join(", ")}, or set cluster_overprovisioner_enabled: false`,
      ),
  ],

  values: (_context, { reserves }) => ({
    // Below every pod that names no class, and above -10, where cluster-autoscaler makes no room any more.
    priorityClassOverprovision: { name: "overprovisioning", value: -1 },
    priorityClassDefault: { enabled: false }, // no class becomes the default of all pods
    podSecurityContext: { ...restrictedPod(65534), runAsGroup: 65534 },
    containerSecurityContext: RESTRICTED_CONTAINER,
    serviceAccount: { automountServiceAccountToken: false },
    deployments: reserves.map(({ name, replicas, cpu, memory, node_selector = {}, tolerations = [] }) => ({
      name,
      annotations: {},
      podAnnotations: {},
      replicaCount: replicas,
      nodeSelector: node_selector,
      resources: { requests: { cpu, memory }, limits: { cpu, memory } },
      tolerations,
      affinity: {},
      labels: {},
      topologySpreadConstraints: [],
      pdb: {},
      schedulerName: "",
      extraEnv: [],
    })),
  }),
});

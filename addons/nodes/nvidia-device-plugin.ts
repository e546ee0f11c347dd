import { z } from "zod";
import { defineHelmAddon, type Values } from "../contract/addon";
import { reportOption } from "../contract/rule";
import { EVERY_LINUX_NODE, resources, SYSTEM_TOLERATIONS } from "../parts/pods";

const options = z.strictObject({
  sharing: z
    .strictObject({
      strategy: z
        .enum(["time_slicing", "mps"])
        .describe(
          "time_slicing: pods take turns, each with all of the GPU's memory. mps: pods share memory and cores.",
        ),
      replicas: z.int().min(2).max(48).describe("Number of pods that share one GPU."),
      rename: z
        .boolean()
        .describe("Names the shared resource nvidia.com/gpu.shared, to distinguish it from a whole GPU."),
    })
    .nullable()
    .describe("Lets several pods share one GPU, without isolation. null: each pod has its own GPU."),
  mig_strategy: z
    .enum(["none", "single", "mixed"])
    .describe(
      "Resource names of partitioned GPUs (MIG). single: nvidia.com/gpu for each part. mixed: by size, such as nvidia.com/mig-1g.10gb.",
    ),
  feature_labels: z
    .boolean()
    .describe(
      "Labels nodes with their GPUs' properties (nvidia.com/gpu.product, .memory, …), with GPU feature discovery.",
    ),
});

type Options = z.output<typeof options>;

const EVERYWHERE = [{ operator: "Exists" }] as const;

/** The plugin's own configuration file, the only place for the settings of sharing. */
function configuration({ mig_strategy, sharing }: Options): Values {
  if (sharing === null) return mig_strategy === "none" ? {} : { migStrategy: mig_strategy };
  const shared = {
    ...(sharing.strategy === "time_slicing" && { failRequestsGreaterThanOne: true }), // two slices are not twice the GPU
    renameByDefault: sharing.rename,
    resources: [{ name: "nvidia.com/gpu", replicas: sharing.replicas }],
  };
  const file = {
    version: "v1",
    flags: { migStrategy: mig_strategy },
    sharing: { [sharing.strategy === "mps" ? "mps" : "timeSlicing"]: shared },
  };
  return { config: { map: { default: JSON.stringify(file) }, default: "default" } }; // JSON is YAML
}

/**
 * Nodes of Karpenter describe their GPUs by labels of their own. The chart's terms stay, because a list in the values replaces the
 * chart's.
 */
function onGpus(pools: readonly string[]): Values {
  const term = (...labels: readonly (readonly [key: string, ...values: string[]])[]) => ({
    matchExpressions: labels.map(([key, ...values]) => ({ key, operator: "In", values })),
  });
  const nodeSelectorTerms = [
    term(["feature.node.kubernetes.io/pci-10de.present", "true"]),
    term(["feature.node.kubernetes.io/cpu-model.vendor_id", "NVIDIA"]),
    term(["nvidia.com/gpu.present", "true"]),
    term(["karpenter.k8s.aws/instance-gpu-manufacturer", "nvidia"], ["karpenter.sh/nodepool", ...pools]),
  ];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

/** Finds the GPUs that GPU feature discovery then names. */
const NODE_FEATURE_DISCOVERY = {
  master: { tolerations: SYSTEM_TOLERATIONS },
  gc: { tolerations: SYSTEM_TOLERATIONS },
  worker: { ...EVERY_LINUX_NODE, priorityClassName: "system-node-critical" },
} as const;

/**
 * Reports a node's GPUs to Kubernetes: EKS's NVIDIA images contain the driver and the container toolkit, but not this, and without
 * it no pod that requests `nvidia.com/gpu` is scheduled.
 */
export const nvidiaDevicePlugin = defineHelmAddon({
  name: "nvidia_device_plugin",
  summary: "GPUs of NVIDIA nodes for pods, as nvidia.com/gpu",
  namespace: "kube-system", // where pods may be critical to their node
  release_notes: {
    "https://nvidia.github.io/k8s-device-plugin/nvidia-device-plugin":
      "https://github.com/NVIDIA/k8s-device-plugin/releases/tag/v", // 0.20.1
  },
  requires: [],
  after: [],
  needs_nodes: "runs a pod on every node with a GPU",
  conflicts_with: [],
  provides: ["nvidia_gpus"],
  auto_mode_brings: "brings the plugin of its GPU nodes",
  crds: "installed_once",
  wait: false, // a group that scales from zero has no node for it yet
  options,
  checks: [
    (_, { feature_labels, sharing }) =>
      reportOption(
        sharing?.strategy === "mps" && !feature_labels,
        "feature_labels",
        "must be true, because the daemon of mps runs only on nodes with the label nvidia.com/mps.capable",
      ),
    (_, { mig_strategy, sharing }) =>
      reportOption(
        sharing?.strategy === "mps" && mig_strategy !== "none",
        "mig_strategy",
        "must be none, because mps does not share parts of a GPU",
      ),
  ],
  values: (context, given) => ({
    // The chart places it by the label nvidia.com/gpu.present, which groups with an NVIDIA image have; whatever their taints.
    tolerations: EVERYWHERE,
    ...(context.gpu_pools.length > 0 && { affinity: onGpus(context.gpu_pools) }),
    resources: resources("20m", "128Mi"),
    ...configuration(given),
    ...(given.feature_labels && { gfd: { enabled: true }, nfd: NODE_FEATURE_DISCOVERY }),
  }),
});

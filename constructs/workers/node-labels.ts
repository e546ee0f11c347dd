import type { Worker } from "../../fleet/cluster";

/**
 * Labels that a group's nodes have from birth. On GPUs: the one that NVIDIA's device plugin is placed by, and the one by which
 * cluster-autoscaler waits for the GPUs of a new node, instead of adding another while the plugin starts.
 */
export function nodeLabels({ ami_type, labels }: Worker): Readonly<Record<string, string>> {
  return { ...GPU_LABELS[ami_type], ...labels };
}

const NVIDIA = { "k8s.amazonaws.com/accelerator": "nvidia", "nvidia.com/gpu.present": "true" } as const;

const GPU_LABELS: Readonly<Record<Worker["ami_type"], Readonly<Record<string, string>>>> = {
  AL2023_x86_64_STANDARD: {},
  AL2023_ARM_64_STANDARD: {},
  AL2023_x86_64_NVIDIA: NVIDIA,
  AL2023_ARM_64_NVIDIA: NVIDIA,
  AL2023_x86_64_NEURON: {}, // its own plugin and resource, which the autoscaler does not wait for
};

import { stockImage } from "../../aws/ami";
import type { Worker } from "../../fleet/model/cluster";

/**
 * Labels that a group's nodes have from birth. On GPUs: the one that NVIDIA's device plugin is placed by, and the one by which
 * cluster-autoscaler waits for the GPUs of a new node, instead of adding another while the plugin starts. Neuron has its own
 * plugin and resource, which the autoscaler does not wait for.
 */
export function nodeLabels(worker: Worker): Readonly<Record<string, string>> {
  const image = stockImage(worker);
  if (image?.accelerator !== "nvidia") return worker.labels;
  // Bottlerocket brings the plugin: a second one would offer every GPU twice.
  const plugin = image.operating_system === "BOTTLEROCKET" ? {} : { "nvidia.com/gpu.present": "true" };
  return { "k8s.amazonaws.com/accelerator": "nvidia", ...plugin, ...worker.labels };
}

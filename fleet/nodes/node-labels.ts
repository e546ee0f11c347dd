import { stockImage } from "../../aws/ami";
import { inKeyOrder } from "../../language/plain-map";
import type { Worker } from "../model/cluster";

/**
 * Returns the labels that a group's nodes register with. GPU nodes get two more: one selects them for NVIDIA's device plugin, the
 * other makes cluster-autoscaler wait for the GPUs of a new node instead of adding another node while the plugin starts. Neuron
 * has its own plugin and resource, which the autoscaler does not wait for.
 */
export function nodeLabels(worker: Worker): Readonly<Record<string, string>> {
  const image = stockImage(worker);
  if (image?.accelerator !== "nvidia") return inKeyOrder(worker.labels);
  // Bottlerocket includes the plugin: a second one would offer every GPU twice.
  const plugin = image.operating_system === "BOTTLEROCKET" ? {} : { "nvidia.com/gpu.present": "true" };
  return { "k8s.amazonaws.com/accelerator": "nvidia", ...plugin, ...inKeyOrder(worker.labels) };
}

import { z } from "zod";
import { defineHelmAddon } from "./addon";
import { resources } from "./pods";

/**
 * Tells Kubernetes of a node's GPUs: EKS's NVIDIA images bring driver and container toolkit, but not this, and without it
 * no pod that asks for `nvidia.com/gpu` is ever placed.
 */
export const nvidiaDevicePlugin = defineHelmAddon({
  name: "nvidia_device_plugin",
  summary: "GPUs of NVIDIA nodes for pods, as nvidia.com/gpu",
  namespace: "kube-system", // where pods may be critical to their node
  requires: [],
  after: [],
  conflicts_with: [],
  wait: false, // a group that scales from zero has no node for it yet
  options: z.strictObject({}),
  values: () => ({
    // The chart places it by the label nvidia.com/gpu.present, which groups with an NVIDIA image have; whatever their taints.
    tolerations: [{ operator: "Exists" }],
    resources: resources("20m", "128Mi"),
  }),
});

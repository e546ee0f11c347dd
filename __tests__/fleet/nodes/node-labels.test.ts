import { nodeLabels } from "../../../fleet/nodes/node-labels";
import { workerOf } from "../../support/cluster";

describe("nodeLabels", () => {
  test("are the definition's labels", () => {
    expect(nodeLabels(workerOf({ name: "general", labels: { tier: "general" } }))).toEqual({ tier: "general" });
  });

  test.each(["AL2023_x86_64_NVIDIA", "AL2023_ARM_64_NVIDIA"] as const)(
    "of %s nodes include those of GPUs for the device plugin and the autoscaler",
    (ami_type) => {
      expect(nodeLabels(workerOf({ name: "gpu", ami_type, labels: { tier: "gpu" } }))).toEqual({
        "k8s.amazonaws.com/accelerator": "nvidia",
        "nvidia.com/gpu.present": "true",
        tier: "gpu",
      });
    },
  );

  test.each(["BOTTLEROCKET_x86_64_NVIDIA", "BOTTLEROCKET_ARM_64_NVIDIA"] as const)(
    "of %s nodes place no second device plugin beside the one in the image",
    (ami_type) => {
      expect(nodeLabels(workerOf({ name: "gpu", ami_type }))).toEqual({ "k8s.amazonaws.com/accelerator": "nvidia" });
    },
  );

  test.each(["AL2023_x86_64_NEURON", "BOTTLEROCKET_x86_64", "WINDOWS_CORE_2022_x86_64", "CUSTOM"] as const)(
    "of %s nodes are only the definition's",
    (ami_type) => {
      expect(nodeLabels(workerOf({ name: "plain", ami_type }))).toEqual({});
    },
  );

  test("are overridden by the definition's", () => {
    const labels = { "k8s.amazonaws.com/accelerator": "nvidia-a10g" };

    expect(nodeLabels(workerOf({ name: "gpu", ami_type: "AL2023_x86_64_NVIDIA", labels }))).toMatchObject(labels);
  });
});

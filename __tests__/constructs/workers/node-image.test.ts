import { imageParameter } from "../../../constructs/workers/node-image";

describe("imageParameter", () => {
  test.each([
    ["AL2023_x86_64_STANDARD", "x86_64/standard/amazon-eks-node-al2023-x86_64-standard-1.35-v20260714"],
    ["AL2023_ARM_64_STANDARD", "arm64/standard/amazon-eks-node-al2023-arm64-standard-1.35-v20260714"],
    ["AL2023_x86_64_NVIDIA", "x86_64/nvidia/amazon-eks-node-al2023-x86_64-nvidia-1.35-v20260714"],
    ["AL2023_ARM_64_NVIDIA", "arm64/nvidia/amazon-eks-node-al2023-arm64-nvidia-1.35-v20260714"],
    ["AL2023_x86_64_NEURON", "x86_64/neuron/amazon-eks-node-al2023-x86_64-neuron-1.35-v20260714"],
  ] as const)("finds %s by the date of its release", (amiType, path) => {
    expect(imageParameter(amiType, "1.35.6-20260714")).toBe(
      `/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/${path}/image_id`,
    );
  });
});

import { imageParameter, releaseVersion } from "../../../fleet/nodes/node-image";
import { workerOf } from "../../support/cluster";

const PINS = {
  ami_release_version: "1.35.6-20260714",
  bottlerocket_version: "1.62.1-ea1afdd6",
  windows_ami_release_version: "1.35-2026.04.18",
  eks_addons: {},
};

describe("imageParameter", () => {
  test.each([
    ["AL2023_x86_64_STANDARD", "x86_64/standard/amazon-eks-node-al2023-x86_64-standard-1.35-v20260714"],
    ["AL2023_ARM_64_STANDARD", "arm64/standard/amazon-eks-node-al2023-arm64-standard-1.35-v20260714"],
    ["AL2023_x86_64_NVIDIA", "x86_64/nvidia/amazon-eks-node-al2023-x86_64-nvidia-1.35-v20260714"],
    ["AL2023_ARM_64_NVIDIA", "arm64/nvidia/amazon-eks-node-al2023-arm64-nvidia-1.35-v20260714"],
    ["AL2023_x86_64_NEURON", "x86_64/neuron/amazon-eks-node-al2023-x86_64-neuron-1.35-v20260714"],
  ] as const)("finds %s by the date of its release", (ami_type, path) => {
    expect(imageParameter(workerOf({ name: "a", ami_type }), "1.35", PINS)).toBe(
      `/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/${path}/image_id`,
    );
  });

  test.each([
    ["BOTTLEROCKET_x86_64", "aws-k8s-1.35/x86_64"],
    ["BOTTLEROCKET_ARM_64", "aws-k8s-1.35/arm64"],
    ["BOTTLEROCKET_x86_64_FIPS", "aws-k8s-1.35-fips/x86_64"],
    ["BOTTLEROCKET_ARM_64_FIPS", "aws-k8s-1.35-fips/arm64"],
    ["BOTTLEROCKET_x86_64_NVIDIA", "aws-k8s-1.35-nvidia/x86_64"],
    ["BOTTLEROCKET_ARM_64_NVIDIA", "aws-k8s-1.35-nvidia/arm64"],
  ] as const)("finds %s by its version", (ami_type, path) => {
    expect(imageParameter(workerOf({ name: "a", ami_type }), "1.35", PINS)).toBe(
      `/aws/service/bottlerocket/${path}/1.62.1-ea1afdd6/image_id`,
    );
  });

  test.each(["WINDOWS_CORE_2022_x86_64", "WINDOWS_FULL_2025_x86_64", "CUSTOM"] as const)(
    "has no parameter for %s, whose path changes",
    (ami_type) => {
      expect(imageParameter(workerOf({ name: "a", ami_type }), "1.35", PINS)).toBeUndefined();
    },
  );
});

test.each([
  ["AL2023_ARM_64_NVIDIA", "1.35.6-20260714"],
  ["BOTTLEROCKET_ARM_64_FIPS", "1.62.1-ea1afdd6"],
  ["WINDOWS_CORE_2019_x86_64", "1.35-2026.04.18"],
] as const)("releaseVersion of %s is %s", (ami_type, version) => {
  expect(releaseVersion(workerOf({ name: "a", ami_type }), PINS)).toBe(version);
});

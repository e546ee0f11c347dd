import { z } from "zod";

/** Amazon Linux 2023 images of EKS, by the name the EKS API gives them. */
export const AMI_TYPES = [
  "AL2023_x86_64_STANDARD",
  "AL2023_ARM_64_STANDARD",
  "AL2023_x86_64_NVIDIA",
  "AL2023_ARM_64_NVIDIA",
  "AL2023_x86_64_NEURON",
] as const;

/** What a node boots. */
export const operatingSystem = {
  ami_type: z.enum(AMI_TYPES).describe("Operating system, architecture and variant, as the EKS API names them."),
};

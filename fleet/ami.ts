import type { AMI_TYPES } from "./schema/workers/operating-system";

/** What an EKS image is made for; Systems Manager's paths spell both so. */
export interface AmiImage {
  readonly architecture: "x86_64" | "arm64";
  readonly variant: "standard" | "nvidia" | "neuron";
}

/** The EKS API names images by type. */
export const AMI_IMAGES: Readonly<Record<(typeof AMI_TYPES)[number], AmiImage>> = {
  AL2023_x86_64_STANDARD: { architecture: "x86_64", variant: "standard" },
  AL2023_ARM_64_STANDARD: { architecture: "arm64", variant: "standard" },
  AL2023_x86_64_NVIDIA: { architecture: "x86_64", variant: "nvidia" },
  AL2023_ARM_64_NVIDIA: { architecture: "arm64", variant: "nvidia" },
  AL2023_x86_64_NEURON: { architecture: "x86_64", variant: "neuron" },
};

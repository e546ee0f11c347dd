import type { Worker } from "../../fleet/cluster";

interface Image {
  readonly architecture: "x86_64" | "arm64";
  readonly variant: "standard" | "nvidia" | "neuron";
}

/** The EKS API names images by type, Systems Manager by path. */
const IMAGES: Readonly<Record<Worker["ami_type"], Image>> = {
  AL2023_x86_64_STANDARD: { architecture: "x86_64", variant: "standard" },
  AL2023_ARM_64_STANDARD: { architecture: "arm64", variant: "standard" },
  AL2023_x86_64_NVIDIA: { architecture: "x86_64", variant: "nvidia" },
  AL2023_ARM_64_NVIDIA: { architecture: "arm64", variant: "nvidia" },
  AL2023_x86_64_NEURON: { architecture: "x86_64", variant: "neuron" },
};

/**
 * Where Systems Manager keeps an image's id. The path holds the date of the image, so the same release is the same image for
 * ever, and no plan depends on what AWS published meanwhile.
 *
 * @param releaseVersion such as `1.35.6-20260714`
 */
export function imageParameter(amiType: Worker["ami_type"], releaseVersion: string): string {
  const { architecture, variant } = IMAGES[amiType];
  const [version = "", date = ""] = releaseVersion.split("-");
  const minor = version.split(".").slice(0, 2).join(".");
  const name = `amazon-eks-node-al2023-${architecture}-${variant}-${minor}-v${date}`;
  return `/aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/${architecture}/${variant}/${name}/image_id`;
}

import { AMI_IMAGES } from "../../fleet/ami";
import type { Worker } from "../../fleet/cluster";

/**
 * Where Systems Manager keeps an image's id. The path holds the date of the image, so the same release is the same image for
 * ever, and no plan depends on what AWS published meanwhile.
 *
 * @param releaseVersion such as `1.35.6-20260714`
 */
export function imageParameter(amiType: Worker["ami_type"], releaseVersion: string): string {
  const { architecture, variant } = AMI_IMAGES[amiType];
  const [version = "", date = ""] = releaseVersion.split("-");
  const minor = version.split(".").slice(0, 2).join(".");
  const name = `amazon-eks-node-al2023-${architecture}-${variant}-${minor}-v${date}`;
  return `/aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/${architecture}/${variant}/${name}/image_id`;
}

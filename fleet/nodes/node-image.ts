import { type AmiImage, operatingSystemOf, stockImage } from "../../aws/ami";
import type { KubernetesVersion, Worker } from "../model/cluster";

/** Returns the release of the EKS images that a group boots, as its operating system spells it; undefined if none is pinned. */
export function releaseVersion(worker: Worker, pins: KubernetesVersion): string | undefined {
  const system = operatingSystemOf(worker);
  switch (system) {
    case "AL2023":
      return pins.ami_release_version;
    case "BOTTLEROCKET":
      return pins.bottlerocket_version;
    case "WINDOWS":
      return pins.windows_ami_release_version;
    default: {
      const unknown: never = system;
      throw new TypeError(`no release of ${unknown}`);
    }
  }
}

/**
 * Returns the Systems Manager parameter that holds an image's id. Its path includes the image's date or version, so a release
 * always means the same image, whatever AWS has published since. For Windows only the newest image has a parameter: undefined, as
 * for the user's own image.
 */
export function imageParameter(worker: Worker, kubernetesVersion: string, pins: KubernetesVersion): string | undefined {
  const image = stockImage(worker);
  return image === undefined ? undefined : parameterOf(image, kubernetesVersion, pins);
}

function parameterOf(image: AmiImage, minor: string, pins: KubernetesVersion): string | undefined {
  const { operating_system, architecture, variant } = image;
  switch (operating_system) {
    case "AL2023": {
      const [, date = ""] = pins.ami_release_version.split("-");
      const name = `amazon-eks-node-al2023-${architecture}-${variant}-${minor}-v${date}`;
      return `/aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/${architecture}/${variant}/${name}/image_id`;
    }
    case "BOTTLEROCKET":
      return `/aws/service/bottlerocket/aws-k8s-${minor}${variant}/${architecture}/${pins.bottlerocket_version}/image_id`;
    case "WINDOWS":
      return undefined;
    default: {
      const unknown: never = operating_system;
      throw new TypeError(`no images of ${unknown}`);
    }
  }
}

import { validRange } from "semver";
import { z } from "zod";
import { catalogue } from "../../../addons/catalogue";
import { type Addon, chartsOf } from "../../../addons/contract/addon";
import { itemName } from "../../../language/words/names";
import { chartRepository } from "../../../language/words/network";
import { plainWord } from "../../../language/words/text";
import {
  amiRelease,
  bottlerocketRelease,
  exactVersion,
  minorVersion,
  windowsAmiRelease,
} from "../../../language/words/versions";
import { releaseFacts } from "./release-program";

/** A Helm chart at an exact version. */
export const chart = z.strictObject({
  repository: chartRepository.describe("https:// address of a chart repository, or oci:// of a registry."),
  chart: plainWord.describe("Name of the chart."),
  version: exactVersion.describe("Exact version of the chart."),
  kube_version: z
    .string()
    .refine((range) => validRange(range) !== null, "must be a range of versions, such as >=1.25.0-0")
    .optional()
    .describe("Kubernetes versions that the chart supports, as in its Chart.yaml. Default: all."),
});

const addons: readonly Addon[] = Object.values(catalogue);
/** Helm addons, and the charts that some have besides their own. */
export const CHARTS: readonly string[] = addons.flatMap((addon) => chartsOf(addon));

/** Names of EKS add-ons: those of the catalogue, and those that every cluster requires. */
export const EKS_ADDONS: readonly string[] = [
  ...addons.flatMap((addon) => (addon.kind === "eks" ? [addon.eks_name] : [])),
  "eks-pod-identity-agent",
  "kube-proxy",
  "vpc-cni",
];

const kubernetesVersion = z.strictObject({
  ami_release_version: amiRelease.describe("EKS AMI release of the nodes: <kubernetes version>-<date>."),
  bottlerocket_version: bottlerocketRelease
    .optional()
    .describe(
      "Bottlerocket release of the nodes: <version>-<commit>, in the spelling of EKS. Required by Bottlerocket groups only.",
    ),
  windows_ami_release_version: windowsAmiRelease
    .optional()
    .describe(
      "EKS Windows AMI release of the nodes: <kubernetes minor version>-<date>. AWS hides each release after 4 months. Required by Windows groups only.",
    ),
  eks_addons: z.partialRecord(z.enum(EKS_ADDONS), plainWord).describe("EKS add-on -> version."),
  images: z
    .strictObject({
      cluster_autoscaler: exactVersion
        .optional()
        .describe(
          "Tag of the autoscaler's image, of the same minor version as the cluster. Default: the chart's image.",
        ),
      kubectl: exactVersion
        .optional()
        .describe(
          "Tag of the image `registry.k8s.io/kubectl`, of the same minor version as the cluster. Required by velero, from Kubernetes 1.36 on.",
        ),
    })
    .optional()
    .describe("Images that depend on the Kubernetes version -> tag."),
});

/** The pins of a Kubernetes version that contain its minor version, and how each begins. */
const BEGINNINGS: readonly { readonly path: readonly string[]; readonly start: (minor: string) => string }[] = [
  { path: ["ami_release_version"], start: (minor) => `${minor}.` },
  { path: ["windows_ami_release_version"], start: (minor) => `${minor}-` },
  { path: ["eks_addons", "kube-proxy"], start: (minor) => `v${minor}.` },
  { path: ["images", "cluster_autoscaler"], start: (minor) => `v${minor}.` },
  { path: ["images", "kubectl"], start: (minor) => `v${minor}.` },
];

/** Value of `addons.platform` for a cluster without a platform. */
export const NO_PLATFORM = "none";

/**
 * The part of a layer that clusters inherit is parsed in each cluster, with everything above and below it: this schema only allows
 * the key.
 */
export const layered = { tfvars: z.unknown().optional() };

/** A platform of a release. */
const platform = z.strictObject({
  tfvars: layered.tfvars.describe("Inherited by every cluster with the platform."),
});

/** `definitions/releases/<name>.yaml` beside its `tfvars`: one tested set of versions. */
export const release = z.strictObject({
  ...releaseFacts,
  kubernetes: z
    .record(minorVersion, kubernetesVersion)
    .superRefine((versions, { addIssue }) => {
      for (const [minor, pins] of Object.entries(versions)) {
        for (const { path, start } of BEGINNINGS) {
          const pin = at(pins, path);
          if (typeof pin !== "string" || pin.startsWith(start(minor))) continue;
          const message = `must begin with ${start(minor)}, because it runs on Kubernetes ${minor}`;
          addIssue({ code: "custom", path: [minor, ...path], message });
        }
      }
    })
    .describe("Kubernetes minor version -> its node images and EKS add-ons."),
  charts: z.partialRecord(z.enum(CHARTS), chart).describe("Addon -> Helm chart and its exact version."),
  platforms: z
    .record(
      itemName(40).refine((name) => name !== NO_PLATFORM, `must not be ${NO_PLATFORM}, which stands for no platform`),
      platform,
    )
    .optional()
    .describe(
      "Platform -> settings that the release adds to its clusters. A cluster has the platform with the name of its tier, unless `addons.platform` names another one.",
    ),
});

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((found, key) => (found as Readonly<Record<string, unknown>> | undefined)?.[key], value);
}

import { validRange } from "semver";
import { z } from "zod";
import { catalogue } from "../../addons/catalogue";
import { type Addon, chartsOf } from "../../addons/contract/addon";
import { roleArn } from "../../language/words/arns";
import { accountId, hostedZoneId } from "../../language/words/aws-ids";
import { domainName, fileName, itemName } from "../../language/words/names";
import { chartRepository, ipv4Block } from "../../language/words/network";
import { bucketName } from "../../language/words/s3";
import { cron } from "../../language/words/schedules";
import { plainWord, text } from "../../language/words/text";
import {
  amiRelease,
  bottlerocketRelease,
  exactVersion,
  minorVersion,
  windowsAmiRelease,
} from "../../language/words/versions";
import { bootstrap } from "./accounts/bootstrap";
import { guardSettings } from "./guard";
import { accountPipelines } from "./pipelines";
import { releaseFacts } from "./releases/release-program";

const hostedZoneElsewhere = z.strictObject({
  id: hostedZoneId.describe("Id of the zone."),
  role_arn: roleArn.describe(
    "Role that may write the zone. It must trust the roles of the addons that write records, with sts:AssumeRole and sts:TagSession.",
  ),
});

/** `definitions/accounts/<name>.yaml` beside its `tfvars`. */
export const account = z.strictObject({
  id: accountId.describe("The AWS account's 12 digits, in quotes."),
  state: z
    .strictObject({
      bucket: bucketName.describe("S3 bucket that holds the Terraform state."),
      region: z.string().describe("Region of the bucket."),
      role_arn: roleArn
        .nullable()
        .describe("Role that reads and writes the state; null leaves it to the caller's own credentials."),
    })
    .describe("Location of the Terraform state."),
  roles: z
    .strictObject({
      deploy: roleArn.describe("Role that applies changes. It also administers each cluster, by its own access entry."),
      plan: roleArn.describe("Role that may only read, for plans of pull requests."),
      destroy: roleArn
        .optional()
        .describe("Role that `fleet destroy` uses. Default: `deploy`. Required by `bootstrap`."),
    })
    .describe("Roles that Terraform assumes in the account."),
  cidr_pools: z.array(ipv4Block()).describe("Ranges that contain the account's VPCs; empty for no limit."),
  reserved_cidrs: z
    .array(
      z.strictObject({
        cidr: ipv4Block().describe("A range that no cluster of the account may use."),
        reason: z.string().min(1).describe("What uses the range. Shown in errors."),
      }),
    )
    .describe("Ranges in use elsewhere: offices, data centres, other VPCs."),
  hosted_zones: z
    .record(domainName, z.union([hostedZoneId, hostedZoneElsewhere]))
    .describe(
      "Route 53 public zones: domain -> zone id. For a zone of another account, id and role_arn, a role there that the addons assume.",
    ),
  pipelines: accountPipelines.optional().describe("How pipelines deploy to the account (docs/pipelines/)."),
  bootstrap: bootstrap
    .optional()
    .describe(
      "What `fleet bootstrap` creates in the account: the state bucket, the roles above, and the trust of CI systems. Default: nothing.",
    ),
});

/** `definitions/tiers/<name>.yaml` beside its `tfvars`; `tier_defaults` in `definitions/defaults.yaml` has the same keys. */
export const tier = z.strictObject({
  guard: guardSettings.describe("What `fleet guard` lets pass in the tier's clusters (docs/guard.md)."),
});

/** Defaults of accounts in `definitions/defaults.yaml`. */
export const accountDefaults = account
  .pick({ cidr_pools: true, reserved_cidrs: true, hosted_zones: true })
  .extend({ state: account.shape.state.pick({ role_arn: true }).describe("Location of the Terraform state.") });

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
const CHARTS: readonly string[] = addons.flatMap((addon) => chartsOf(addon));

/** Names of EKS add-ons: those of the catalogue, and those that every cluster requires. */
const EKS_ADDONS: readonly string[] = [
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

/** A channel that sets values of its clusters besides their release. */
export const channel = z.strictObject({
  release: fileName.describe("The release of the channel: a file of releases/."),
  ...layered,
});

/** `definitions/channels.yaml`: channel -> release. */
export const channels = z.record(itemName(40), z.union([fileName, channel]));

/** `definitions/kubernetes-support.yaml`: when AWS stops supporting each minor version. */
export const kubernetesSupport = z.record(
  minorVersion,
  z.strictObject({ standard_until: z.iso.date(), extended_until: z.iso.date() }),
);

const sighting = text(
  /^\S.*, \d{4}-\d{2}(?:-\d{2})?(?: to \d{4}-\d{2})?$/,
  "where the version was seen, and when",
  "describe-addon-versions, eu-west-1, 2026-09-04",
);

/** Version -> Kubernetes minor version -> where and when the version was seen. */
const sightings = z.record(plainWord, z.record(minorVersion, sighting));

/** `definitions/seen-versions.yaml`: the versions of releases that were seen at EKS, by the keys of a release. */
export const seenVersions = z.strictObject({
  ami_release_version: sightings.optional(),
  bottlerocket_version: sightings.optional(),
  windows_ami_release_version: sightings.optional(),
  eks_addons: z.partialRecord(z.enum(EKS_ADDONS), sightings).optional(),
  images: z.partialRecord(z.enum(["cluster_autoscaler", "kubectl"]), sightings).optional(),
  /** Key of a chart in releases -> version -> registry that has it, and when it was seen there. */
  charts: z.partialRecord(z.enum(CHARTS), z.record(plainWord, sighting)).optional(),
  /** Release -> Kubernetes minor version -> pins that are allowed although they were never seen. */
  never_seen: z.record(fileName, z.record(minorVersion, z.array(z.string()))).optional(),
});

/** `definitions/ranges.yaml`: account -> range -> the cluster that the range is reserved for. */
export const ranges = z.record(fileName, z.record(ipv4Block(), domainName));

const zones = z
  .array(z.string())
  .min(2)
  .refine((list) => new Set(list).size === list.length, "must not list a zone twice. Remove one of them");

/** `definitions/regions.yaml`: region -> partition and zone letters. */
export const regions = z.record(
  z.string(),
  z.strictObject({ partition: z.enum(["aws", "aws-cn", "aws-us-gov"]), zones }),
);

/** Settings of a service level. */
export const serviceLevel = z.strictObject({
  replicas: z.int().min(1).describe("Replicas of a controller that can run more than once."),
  metrics_retention_days: z.int().min(1).describe("Days that Prometheus keeps metrics."),
  metrics_volume_gib: z.int().min(1).describe("GiB of the volume that holds them."),
  logs_retention_days: z.int().min(1).describe("Days that logs are kept."),
  traces_retention_days: z.int().min(1).describe("Days that traces are kept."),
  backup_schedule: cron.nullable().describe("Schedule of backups, as cron in UTC; null for none."),
  backup_retention_days: z.int().min(1).describe("Days that a backup is kept."),
  alert_severity: plainWord.describe("Severity label of the platform's alerts."),
});

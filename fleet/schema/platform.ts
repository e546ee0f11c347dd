import { z } from "zod";
import { clusterName, fileName, itemName } from "../../language/words/names";
import { ipv4Block } from "../../language/words/network";
import { cron } from "../../language/words/schedules";
import { plainWord } from "../../language/words/text";
import { minorVersion } from "../../language/words/versions";
import { guardSettings } from "./guard";
import { layered } from "./releases/release";

/** `definitions/tiers/<name>.yaml` beside its `tfvars`; `tier_defaults` in `definitions/defaults.yaml` has the same keys. */
export const tier = z.strictObject({
  guard: guardSettings.describe("What `fleet guard` lets pass in the tier's clusters (docs/guard.md)."),
});

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

/** `definitions/ranges.yaml`: account -> range -> the cluster that the range is reserved for. */
export const ranges = z.record(fileName, z.record(ipv4Block(), clusterName));

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

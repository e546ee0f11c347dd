import { z } from "zod";
import { clusterName, itemName, labelWord } from "../../../language/words/names";
import { reason } from "../../../language/words/people";
import { durationFrom } from "../../../language/words/schedules";
import { text } from "../../../language/words/text";
import { healthCheck } from "./health-check";
import { selector } from "./selector";

const moment = z.iso
  .datetime({ offset: true, error: "must be a time with its offset, such as 2026-12-20T18:00:00+01:00" })
  .describe("RFC 3339.");

const wave = z.strictObject({
  name: itemName(40).describe("Name of the wave."),
  select: selector
    .optional()
    .describe("Clusters of the wave. Only the last wave may omit it: it has all clusters that no other wave selects."),
  except: selector.optional().describe("Clusters that `select` does not mean."),
  soak: durationFrom("0s", "2208h").describe(
    "How long every cluster of the wave must be healthy with a release before later waves get the release, such as 48h.",
  ),
  max_at_once: z
    .int()
    .min(1)
    .default(1)
    .describe(
      "Number of clusters that may change at once. A cluster counts from its start until it is observed to be healthy. Default: 1.",
    ),
  tolerated_failures: z
    .int()
    .min(0)
    .default(0)
    .describe("Number of clusters that may fail before the wave and all later ones are halted. Default: 0."),
  healthy: z
    .array(itemName(40))
    .min(1)
    .describe("Names of the health checks that all must pass for a cluster of the wave to be healthy."),
  approval: z
    .boolean()
    .default(false)
    .describe("Waits for `fleet rollout approve <wave>` before each release. Default: false."),
});

const freeze = z.strictObject({
  name: itemName(40).describe("Name of the freeze."),
  from: moment.describe("First moment of the freeze, such as 2026-12-20T18:00:00+01:00."),
  until: moment.describe("End of the freeze, at most 92 days later."),
  reason: reason(5).describe("Why nothing changes. `fleet rollout next` shows it."),
  select: selector.optional().describe("Clusters that are frozen. Default: all."),
  except: selector.optional().describe("Clusters that are not frozen."),
  allow_emergencies: z.boolean().default(false).describe("Lets changes with `--emergency` through. Default: false."),
});

const apart = z.strictObject({
  name: itemName(40).describe("Name of the rule."),
  clusters: z
    .array(clusterName)
    .min(2)
    .optional()
    .describe("Clusters of which one at a time may change, such as a cluster and its standby."),
  same_label: labelWord
    .optional()
    .describe("Key of a label: of all clusters with the same value, one at a time may change."),
});

/** `definitions/rollouts.yaml` */
export const rollouts = z.strictObject({
  records: text(
    /^(?:s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[A-Za-z0-9._-]+)*|(?!s3:)[A-Za-z0-9._][A-Za-z0-9._/-]*)$/,
    "s3://bucket/folder, or a folder below the working directory",
  ).describe(
    "Where the records of rollouts are kept: `s3://bucket/folder`, or a folder, such as .fleet/rollouts, which only one machine sees.",
  ),
  records_region: z.string().optional().describe("AWS region of the bucket. Required for s3://."),
  lease_margin: durationFrom("0s", "24h")
    .default("30m")
    .describe(
      "Time beyond the `expected_duration` of a cluster after which a runner that recorded no result counts as dead. Default: 30m.",
    ),
  waves: z.array(wave).min(1).describe("Waves, in their order. Each cluster must be in exactly one."),
  health_checks: z
    .record(itemName(40), healthCheck)
    .describe("Health checks by their names, which `healthy` of waves lists."),
  freezes: z.array(freeze).default([]).describe("Times in which nothing changes. A freeze is stronger than a window."),
  never_together: z
    .array(apart)
    .default([])
    .describe("Clusters that must not change at the same time, whatever wave they are in."),
});

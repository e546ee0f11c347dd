import { z } from "zod";
import { labelWord } from "../../../language/words/names";
import { cron, duration, durationFrom, timeZone } from "../../../language/words/schedules";

/** `tfvars.rollout`: nothing of it reaches Terraform. */
export const rolloutSettings = z.strictObject({
  labels: z
    .record(labelWord, labelWord)
    .describe("Words by which `rollouts.yaml` selects the cluster. They are not labels or tags of any resource."),
  windows: z
    .array(
      z.strictObject({
        schedule: cron.describe("When the window opens, in five fields of cron."),
        time_zone: timeZone.describe("IANA time zone of the schedule, such as Europe/Brussels."),
        duration: duration.describe(
          "How long the window stays open, such as 4h, as elapsed time: a change of the clock does not make it longer or shorter.",
        ),
      }),
    )
    .describe(
      "Maintenance windows. A rollout starts a cluster only inside a window that stays open for `expected_duration`. Empty: at any time.",
    ),
  expected_duration: durationFrom("1m", "168h").describe(
    "Longest time that a change of all stacks needs, such as 90m.",
  ),
  sla_days: z
    .int()
    .min(1)
    .max(365)
    .nullable()
    .describe(
      "Days after a change of its definition or release by which the cluster should have it. `fleet rollout plan` and `status` report a later one. null for no limit.",
    ),
});

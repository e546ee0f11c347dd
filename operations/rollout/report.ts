import { z } from "zod";
import { decision } from "./decide/decision";
import { heldCluster } from "./held";
import { HEALTH, record, target } from "./records/record";

const version = z.literal(1).describe("Version of this format. It is raised if a property changes or disappears.");
const moment = z.iso.datetime();
const now = moment.describe("The moment that the answer is about.");

const claimed = z.object({
  cluster: z.string(),
  wave: z.string(),
  attempt: z.string().describe("Names the start: the address of its record."),
  runner: z.string(),
  lease_until: moment.describe("Record a result before that, or renew the lease."),
  target,
  checks: z.array(z.string()).describe("Names of the health checks that follow a success."),
});

/** The answer of `fleet rollout next`. */
export const nextReport = z.object({
  version,
  now,
  decisions: z.array(decision).describe("One for each cluster, in order of their names."),
  claimed: z
    .array(claimed)
    .describe("With --claim: the clusters that the runner must change now. Empty if there is nothing to do."),
  unobserved: z.array(z.string()).describe("Clusters that were changed and whose health must be recorded."),
});
export type NextReport = z.infer<typeof nextReport>;
export type Claimed = z.infer<typeof claimed>;

const held = z.array(heldCluster).describe("Clusters that stay on a release although their channels move on.");

const counts = z.object({
  go: z.int(),
  wait: z.int(),
  done: z.int(),
  failed: z.int(),
  halted: z.int(),
});

/** The answer of `fleet rollout status`. */
export const statusReport = z.object({
  version,
  now,
  waves: z.array(
    z.object({
      name: z.string(),
      clusters: z.int(),
      decisions: counts,
      halted: z.string().nullable().describe("Why nothing starts in the wave; null if it is not halted."),
      releases: z.array(
        z.object({
          release: z.string(),
          clusters: z.int().describe("Clusters of the wave with this release as their target."),
          done: z.int().describe("Clusters that have it and are healthy."),
          healthy_since: moment.nullable().describe("When the last cluster became healthy; null if some are not done."),
          soaked_at: moment.nullable().describe("When later waves may follow; null if some are not done."),
        }),
      ),
    }),
  ),
  attention: z
    .array(
      z.object({
        kind: z.enum(["failed", "inconclusive", "halted", "late", "clock"]),
        cluster: z.string().nullable(),
        wave: z.string().nullable(),
        record: z.string().nullable().describe("The record that a person resumes or approves."),
        what: z.string(),
        command: z.string().nullable().describe("What a person can run after looking at it."),
      }),
    )
    .describe("What waits for a person, and clusters that miss their sla_days."),
  running: z.array(z.object({ cluster: z.string(), runner: z.string(), since: moment, lease_until: moment })),
  emergencies: z.array(
    z.object({ record: z.string(), clusters: z.array(z.string()), who: z.string(), reason: z.string(), until: moment }),
  ),
  held,
});
export type StatusReport = z.infer<typeof statusReport>;

/** The answer of `fleet rollout halt`, `resume`, `approve` and `record`. */
export const recordedReport = z.object({
  version,
  recorded: z
    .array(z.object({ id: z.string(), record }))
    .describe("The records that were added, with their addresses."),
  health: z.enum(HEALTH).nullable().describe("What health checks saw; null if none were run."),
});
export type RecordedReport = z.infer<typeof recordedReport>;

export const DEAD_ENDS = ["no-window", "frozen", "wave", "late", "peer"] as const;

/** The answer of `fleet rollout plan`. */
export const planReport = z.object({
  version,
  now,
  until: moment.describe("End of the days that were looked at."),
  starts: z.array(
    z.object({ cluster: z.string(), wave: z.string(), release: z.string(), starts: moment, ends: moment }),
  ),
  waves: z.array(
    z.object({
      name: z.string(),
      begins: moment.nullable().describe("First start; null if nothing is left to do."),
      ends: moment.nullable().describe("When its last cluster is done; null if some are not done until the end."),
      soaked: moment.nullable(),
    }),
  ),
  unfinished: z
    .array(z.object({ cluster: z.string(), wave: z.string(), why: z.string() }))
    .describe("Clusters that do not get their target until the end of the plan."),
  held,
  dead_ends: z.array(
    z.object({
      kind: z.enum(DEAD_ENDS),
      cluster: z.string().nullable(),
      wave: z.string().nullable(),
      message: z.string(),
    }),
  ),
});
export type RolloutPlan = z.infer<typeof planReport>;

import { z } from "zod";
import { target } from "../records/record";

/** Decision of a rollout about a cluster. */
export const DECISIONS = ["go", "wait", "done", "failed", "halted"] as const;

/** Reasons why a cluster waits. */
export const WAITS = [
  "running", // a runner changes it
  "inconclusive", // a person must judge
  "health", // it was changed, and its health was not observed yet
  "clock", // the last record is later than now
  "waves", // earlier waves are not finished
  "soak", // earlier waves are finished, but not for long enough
  "approval", // a person must let the wave begin
  "peer", // a cluster with which it is peered was never deployed
  "apart", // a cluster that must not change at the same time
  "freeze",
  "window",
  "turn", // as many clusters of the wave as may change at once do
] as const;
export type Wait = (typeof WAITS)[number];

export const decision = z.object({
  cluster: z.string(),
  wave: z.string(),
  decision: z.enum(DECISIONS),
  reason: z.enum(WAITS).nullable().describe("Why it waits; null for other decisions."),
  why: z.string().describe("The same in words; empty if there is nothing to say."),
  until: z.iso.datetime().nullable().describe("When the reason ends; null if it is unknown."),
  target,
  attempt: z.string().nullable().describe("The record of the last start."),
  healthy_since: z.iso
    .datetime()
    .nullable()
    .describe("Since when it has been healthy without a break; null if it is not."),
  emergency: z
    .string()
    .nullable()
    .describe("The record of the emergency that lets it start outside of windows and before its turn."),
});
export type Decision = z.infer<typeof decision>;

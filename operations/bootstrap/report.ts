import { z } from "zod";
import { plannedChanges } from "../rehearse/report";

/** Locations of an account's state. */
export const STATE_PLACES = [
  "nowhere", // nothing was applied yet
  "this machine", // applied, or in part, and not moved yet
  "bucket",
] as const;
export type StatePlace = (typeof STATE_PLACES)[number];

export const BOOTSTRAP_OUTCOMES = [
  "planned", // --plan: nothing was changed
  "unchanged", // the plan is empty
  "applied",
  "declined", // a person answered no
  "failed", // Terraform failed
] as const;

/** The answer of `fleet bootstrap`. */
export const bootstrapReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  account: z.string(),
  outcome: z.enum(BOOTSTRAP_OUTCOMES),
  state_before: z
    .enum(STATE_PLACES)
    .nullable()
    .describe("Where the state was when the command began; null if that is not known."),
  state: z.enum(STATE_PLACES).nullable().describe("Where the state is now; null if that is not known."),
  changes: plannedChanges.omit({ stack: true }).nullable().describe("Null if there is no plan."),
  /** Addresses of existing resources that Terraform adopts in this run. */
  adopted: z.array(z.string()),
  errors: z.array(
    z.object({
      summary: z.string(),
      detail: z.string(),
      address: z.string().nullable(),
      cure: z.string().nullable().describe("What to do, if there is known advice."),
    }),
  ),
  /** The command that continues; null if nothing is left to do. */
  next: z.string().nullable(),
});
export type BootstrapReport = z.infer<typeof bootstrapReport>;

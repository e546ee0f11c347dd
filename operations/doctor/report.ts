import { z } from "zod";

const check = z.object({
  name: z.string().describe("What was looked at."),
  /** skipped: something that it requires is missing. */
  result: z.enum(["ok", "problem", "skipped"]),
  found: z.string().describe("What was seen."),
  cure: z.string().nullable().describe("What to do; null if there is nothing to do."),
});
export type Check = z.infer<typeof check>;

/** The answer of `fleet doctor`. */
export const doctorReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  asked_aws: z.boolean().describe("True if AWS was called."),
  checks: z.array(check),
});
export type DoctorReport = z.infer<typeof doctorReport>;

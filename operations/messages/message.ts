import { z } from "zod";

/** The subjects of messages. */
export const OCCASIONS = [
  "started",
  "finished",
  "failed",
  "halted",
  "approval",
  "drift",
  "deadline",
  "proposed",
] as const;

/** A message about a cluster or the fleet, as it is before a service renders it. It contains no value of a plan. */
export const message = z.object({
  occasion: z.enum(OCCASIONS),
  /** Null for a message about the whole fleet. */
  cluster: z.string().nullable(),
  owner: z.string().nullable(),
  title: z.string(),
  lines: z.array(z.string()),
  /** Advice for the reader; null if there is nothing to do. */
  next: z.string().nullable(),
  url: z.string().nullable(),
});
export type Message = z.output<typeof message>;

import { Cron } from "croner";
import { z } from "zod";

/** Five fields of cron, each in its range. */
export const cronText = z
  .string()
  .regex(/^\S+(?: \S+){4}$/, "must be five fields of cron, such as 30 2 * * *")
  .refine(isCron, { abort: true, error: "must be five fields of cron, each in its range, such as 30 2 * * *" });

function isCron(text: string): boolean {
  try {
    new Cron(text, { paused: true });
    return true;
  } catch {
    return false;
  }
}

import { Cron } from "croner";
import { z } from "zod";

/** Five fields of cron, each in its range. */
export const cronText = z
  .string()
  .regex(/^\S+(?: \S+){4}$/, { abort: true, error: "must be five fields of cron, such as 30 2 * * *" })
  .refine(isCron, { abort: true, error: "must be five fields of cron, each in its range, such as 30 2 * * *" })
  .refine(isPlain, {
    error: "must be cron as Kubernetes reads it: Sunday is 0 and ends no range, and there is no L, W, #, ? or +",
  });

function isCron(text: string): boolean {
  try {
    new Cron(text, { paused: true });
    return true;
  } catch {
    return false;
  }
}

/** Croner knows more than robfig/cron, by which Kubernetes, Karpenter and Velero read. */
function isPlain(text: string): boolean {
  const weekday = text.slice(text.lastIndexOf(" ") + 1);
  const plain = text.split(/[ ,/-]/).every((word) => /^(?:\*|\d+|[a-z]{3})$/i.test(word));
  return plain && !/(?:^|[,-])7|-sun/i.test(weekday);
}

/** A Friday before a month of 31 days: weekends, and the pause of what runs once a month, are ahead. */
const START = new Date("2024-06-28T00:00:00Z");
const HOUR = 60 * 60 * 1000;
const MONTH = 31 * 24 * HOUR;
/** Enough to see a weekend of what runs every five minutes of working hours. */
const MOST_RUNS = 400;

/** Hours of the longest time between two runs of a schedule, in UTC. */
export function longestPause(text: string): number {
  const cron = new Cron(text, { paused: true, timezone: "UTC" });
  let longest = 0;
  let run = cron.nextRun(START);
  for (let count = 0; run !== null && count < MOST_RUNS && run.getTime() < START.getTime() + MONTH; count += 1) {
    const next = cron.nextRun(run);
    if (next === null) break;
    longest = Math.max(longest, next.getTime() - run.getTime());
    run = next;
  }
  return longest / HOUR;
}

import { Cron } from "croner";
import { z } from "zod";
import { text } from "./text";

/**
 * Five fields of cron. EC2 Auto Scaling, Kubernetes, Karpenter and Velero each read a dialect: this is the part that all of
 * them, and croner, read in the same way.
 */
export const cron = z
  .string()
  .regex(/^\S+(?: \S+){4}$/, { abort: true, error: "must be five fields of cron, such as 30 2 * * *" })
  .refine(isCron, { abort: true, error: "must be five fields of cron, each in its range, such as 30 2 * * *" })
  .refine(isPlain, {
    error: "must be plain cron: Sunday is 0 and does not end a range, and L, W, #, ? and + are not supported",
  });

function isCron(line: string): boolean {
  try {
    new Cron(line, { paused: true });
    return true;
  } catch {
    return false;
  }
}

/** True if robfig/cron, which Kubernetes, Karpenter and Velero use, reads the line as croner does. */
function isPlain(line: string): boolean {
  const weekday = line.slice(line.lastIndexOf(" ") + 1);
  const plain = line.split(/[ ,/-]/).every((word) => /^(?:\*|\d+|[a-z]{3})$/i.test(word));
  return plain && !/(?:^|[,-])7|-sun/i.test(weekday);
}

/** A Friday before a month of 31 days, so that weekends and the pause of a monthly schedule are ahead. */
const START = new Date("2024-06-28T00:00:00Z");
const HOUR = 60 * 60 * 1000; // milliseconds
const MONTH = 31 * 24 * HOUR;
/** Enough to see a weekend of a schedule that runs every five minutes of working hours. */
const MOST_RUNS = 400;

/** Pauses of schedules. To find one takes as long as a sixth of a cluster's synthesis, and most clusters have the same schedule. */
const pauses = new Map<string, number>();

/** Returns the hours of the longest pause between two runs of a schedule in UTC. */
export function longestPause(line: string): number {
  const hours = pauses.get(line) ?? findPause(line);
  pauses.set(line, hours);
  return hours;
}

function findPause(line: string): number {
  const schedule = new Cron(line, { paused: true, timezone: "UTC" });
  let longest = 0;
  let run = schedule.nextRun(START);
  for (let count = 0; run !== null && count < MOST_RUNS && run.getTime() < START.getTime() + MONTH; count += 1) {
    const next = schedule.nextRun(run);
    if (next === null) break;
    longest = Math.max(longest, next.getTime() - run.getTime());
    run = next;
  }
  return longest / HOUR;
}

/** A duration as Go reads it, in hours, minutes and seconds. */
export const duration = text(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?(?<=[hms])$/, "a duration, such as 30s or 1h30m");

export const timeOfDay = text(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, such as "09:00"');

/** A time zone of IANA's database with its area, or UTC: abbreviations such as EST are read differently by each program. */
export const timeZone = z
  .string()
  .refine(
    (name) => name === "UTC" || (name.includes("/") && isTimeZone(name)),
    "must be an IANA time zone, such as Europe/Berlin or Etc/UTC",
  );

/** Answers of `Intl`, which takes a millisecond for each; a fleet has few time zones. */
const known = new Map<string, boolean>();

function isTimeZone(name: string): boolean {
  const answer = known.get(name) ?? createsFormat(name);
  known.set(name, answer);
  return answer;
}

function createsFormat(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

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
    abort: true,
    error: "must be plain cron: Sunday is 0 and does not end a range, and L, W, #, ? and + are not supported",
  })
  .refine(occurs, "must name a date that exists, or it never runs")
  .meta({ examples: ["30 2 * * *"] });

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

/** Pauses of schedules. Finding one takes as long as a sixth of a cluster's synthesis, and most clusters have the same schedule. */
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

/** Pauses between the runs of schedules; null for a schedule that never runs. */
const shortest = new Map<string, number | null>();
const YEARS = 9 * 366 * 24 * HOUR; // 29 February does not occur in 2100

const occurring = new Map<string, boolean>();

/** True if a schedule has a date that exists. */
function occurs(line: string): boolean {
  const known = occurring.get(line) ?? firstRun(new Cron(line, { paused: true, timezone: "UTC" })) !== null;
  occurring.set(line, known);
  return known;
}

function firstRun(schedule: Cron): Date | null {
  const first = schedule.nextRun(START);
  return first === null || first.getTime() > START.getTime() + YEARS ? null : first;
}

/** Returns the milliseconds of the shortest pause between two runs of a schedule in UTC; undefined if it never runs. */
export function shortestPause(line: string): number | undefined {
  const pause = shortest.get(line) ?? findShortestPause(line);
  shortest.set(line, pause);
  return pause ?? undefined;
}

function findShortestPause(line: string): number | null {
  const schedule = new Cron(line, { paused: true, timezone: "UTC" });
  const first = firstRun(schedule);
  if (first === null) return null;
  let pause = Number.POSITIVE_INFINITY;
  let run = first;
  for (let count = 0; count < MOST_RUNS; count += 1) {
    const next = schedule.nextRun(run);
    if (next === null || next.getTime() > START.getTime() + YEARS) break;
    pause = Math.min(pause, next.getTime() - run.getTime());
    run = next;
  }
  return pause;
}

/** Words that Kubernetes accepts in place of a schedule (robfig/cron, parser.go). */
const WORDS = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/;

/** True if a schedule of a CronJob is not valid, or names no date that exists. */
export function neverRuns(line: string): boolean {
  if (WORDS.test(line)) return false;
  const plain = line.trim().replaceAll("?", "*");
  return plain.split(/\s+/).length !== 5 || !isCron(plain) || !occurs(plain);
}

/** Times at which schedules run, by schedule, time zone and the number of a chunk of time. */
const chunks = new Map<string, Map<number, readonly number[]>>();
const CHUNK = 28 * 24 * HOUR;

/**
 * Returns the times at which a schedule runs, in milliseconds: from the first moment on, and before the second. A time that a
 * change of the clock skips runs at the first moment after it. A time that occurs twice runs at the first one only, unless its hour is a range or a step.
 */
export function runsBetween(line: string, timezone: string, from: number, until: number): number[] {
  const key = `${line} ${timezone}`;
  const known = chunks.get(key) ?? new Map<number, readonly number[]>();
  chunks.set(key, known);
  const runs: number[] = [];
  for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK < until; chunk += 1) {
    const ofChunk = known.get(chunk) ?? runsOf(line, timezone, chunk * CHUNK, (chunk + 1) * CHUNK);
    known.set(chunk, ofChunk);
    for (const run of ofChunk) if (run >= from && run < until) runs.push(run);
  }
  return runs;
}

function runsOf(line: string, timezone: string, from: number, until: number): readonly number[] {
  const schedule = new Cron(line, { paused: true, timezone });
  const runs: number[] = [];
  // It looks for runs after a moment, and counts seconds.
  let run = schedule.nextRun(new Date(from - 1000));
  while (run !== null && run.getTime() < until) {
    runs.push(run.getTime());
    run = schedule.nextRun(run);
  }
  return runs;
}

/** Returns the milliseconds of a duration such as 1h30m. */
export function milliseconds(length: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)?$/.exec(length) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** A duration as Go reads it, in hours, minutes and seconds. */
export const duration = text(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?(?<=[hms])$/, "a duration", "30s", "1h30m");

/** A duration of a length that makes sense. */
export function durationFrom(least: string, most: string) {
  return duration
    .refine(
      (length) => milliseconds(length) >= milliseconds(least) && milliseconds(length) <= milliseconds(most),
      `must be a duration from ${least} to ${most}`,
    )
    .meta({ examples: [least, most] });
}

export const timeOfDay = text(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, such as "09:00"').meta({
  examples: ["09:00"],
});

/** A time zone of IANA's database with its area, or UTC: abbreviations such as EST are read differently by each program. */
export const timeZone = z
  .string()
  .refine(
    (name) => name === "UTC" || (name.includes("/") && isTimeZone(name)),
    "must be an IANA time zone, such as Europe/Berlin or Etc/UTC",
  )
  .meta({ examples: ["Europe/Berlin", "Etc/UTC"] });

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

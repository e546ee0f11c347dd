import { milliseconds, runsBetween } from "../../language/words/schedules";
import type { Tfvars } from "../model/cluster";

export type Window = Tfvars["rollout"]["windows"][number];

/** From a moment on, and before another, in milliseconds. */
export interface Interval {
  readonly from: number;
  readonly until: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** The search for a start looks so far at once: most windows recur every week. */
const SPAN = 14 * DAY;

/** Returns the openings of a window that touch an interval, in their order. */
export function openings({ duration, schedule, time_zone }: Window, { from, until }: Interval): Interval[] {
  const length = milliseconds(duration);
  return runsBetween(schedule, time_zone, from - length + 1, until).map((run) => ({ from: run, until: run + length }));
}

export interface StartOptions {
  /** Empty: always open. */
  readonly windows: readonly Window[];
  /** Duration of a change in milliseconds. All of it must be inside a window and outside every freeze. */
  readonly length: number;
  readonly freezes: readonly Interval[];
}

/**
 * Returns the first moment of an interval at which a change can start and end inside a window and outside every freeze; undefined if
 * there is none.
 */
export function nextStart({ freezes, length, windows }: StartOptions, { from, until }: Interval): number | undefined {
  if (windows.length === 0) {
    const start = afterFreezes(from, length, freezes);
    return start < until ? start : undefined;
  }
  for (let begin = from; begin < until; begin += SPAN) {
    const end = Math.min(begin + SPAN, until);
    const starts = windows.flatMap((window) =>
      openings(window, { from: begin, until: end }).flatMap((opening) => {
        const start = afterFreezes(Math.max(opening.from, begin), length, freezes);
        return start < end && start + length <= opening.until ? [start] : [];
      }),
    );
    if (starts.length > 0) return Math.min(...starts);
  }
  return undefined;
}

/** Returns the opening that a moment is in, the one that closes last; undefined if all windows are closed. */
export function openAt(windows: readonly Window[], now: number): Interval | undefined {
  return windows
    .flatMap((window) => openings(window, { from: now, until: now + 1 }))
    .reduce<Interval | undefined>(
      (last, each) => (last !== undefined && last.until >= each.until ? last : each),
      undefined,
    );
}

/** Returns the first moment from which on no freeze touches a change. */
function afterFreezes(from: number, length: number, freezes: readonly Interval[]): number {
  const touched = freezes.find((freeze) => from < freeze.until && freeze.from < from + length);
  return touched === undefined ? from : afterFreezes(touched.until, length, freezes);
}

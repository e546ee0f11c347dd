const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A window as people describe it: at a time of day, on days of the week. */
export interface DailyWindow {
  readonly hour: number;
  readonly minute: number;
  /** 0 is Sunday. */
  readonly days: readonly number[];
  readonly zone: string;
  readonly hours: number;
}

/** The same in cron. */
export function cronOf({ days, hour, minute }: DailyWindow): string {
  return `${minute} ${hour} * * ${days.length === 7 ? "*" : days.join(",")}`;
}

interface Clock {
  readonly at: number;
  /** Such as 2027-03-28. */
  readonly date: string;
  readonly day: number;
  /** Minutes since midnight on the clock. */
  readonly minutes: number;
}

const clocks = new Map<string, readonly Clock[]>();

/** Returns the local time in a zone at every half hour of an interval. It is independent of the library that reads cron. */
function clocksOf(zone: string, from: number, until: number): readonly Clock[] {
  const key = `${zone} ${from} ${until}`;
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const made: Clock[] = [];
  for (let at = from; at < until; at += 30 * MINUTE) {
    const [date = "", time = ""] = format.format(at).split(", ");
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    made.push({ at, date, day: new Date(`${date}T00:00:00Z`).getUTCDay(), minutes: hour * 60 + minute });
  }
  clocks.set(key, made);
  return made;
}

/**
 * Returns when a window opens in an interval that begins and ends at half hours: on each of its days at the first moment at which the clock shows its time,
 * or, where the clock skips it, at the first moment after.
 */
export function opensAt(window: DailyWindow, from: number, until: number): readonly number[] {
  const key = JSON.stringify([window, from, until]);
  const known = openings.get(key) ?? findOpenings(window, from, until);
  openings.set(key, known);
  return known;
}

const openings = new Map<string, readonly number[]>();

function findOpenings({ days, hour, minute, zone }: DailyWindow, from: number, until: number): readonly number[] {
  const wanted = hour * 60 + minute;
  const opened = new Map<string, number>();
  let before: Clock | undefined;
  for (const clock of clocksOf(zone, from, until)) {
    const skipped =
      before !== undefined && before.date === clock.date && before.minutes < wanted && clock.minutes > wanted;
    if (days.includes(clock.day) && !opened.has(clock.date) && (clock.minutes === wanted || skipped))
      opened.set(clock.date, clock.at);
    before = clock;
  }
  return [...opened.values()];
}

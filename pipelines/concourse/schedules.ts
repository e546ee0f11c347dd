/** Source of Concourse's time resource. */
export interface TimeSource {
  readonly interval?: string;
  readonly start?: string;
  readonly stop?: string;
  readonly days?: readonly string[];
  readonly location: string;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const two = (number: number): string => String(number).padStart(2, "0");

/**
 * Returns the settings of the time resource for a cron schedule: intervals of minutes, or once on some days of the week. Undefined if the
 * resource cannot express the schedule, such as a day of the month.
 */
export function timeSource(cron: string, location: string): TimeSource | undefined {
  const [, every] = /^\*\/([1-9]\d?) \* \* \* \*$/.exec(cron) ?? [];
  if (every !== undefined) return 60 % Number(every) === 0 ? { interval: `${every}m`, location } : undefined;
  const [, minute = "", hour = "", of = ""] = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-6](?:-[0-6])?)$/.exec(cron) ?? [];
  if (of === "") return undefined;
  const [first, last = first] = of.split("-").map(Number);
  const days = of === "*" ? undefined : DAYS.slice(first, Number(last) + 1);
  if (days?.length === 0 || Number(hour) > 22) return undefined; // a window must end on its day
  return {
    start: `${two(Number(hour))}:${two(Number(minute))}`,
    stop: `${two(Number(hour) + 1)}:${two(Number(minute))}`,
    ...(days !== undefined && { days }),
    location,
  };
}

/** Returns the cron schedule of a time resource. */
export function cronOf({ days, interval, start = "" }: TimeSource): string {
  if (interval !== undefined) return `*/${interval.replace("m", "")} * * * *`;
  const [hour = 0, minute = 0] = start.split(":").map(Number);
  const numbers = (days ?? []).map((day) => DAYS.indexOf(day));
  const [first] = numbers;
  const last = numbers.at(-1);
  return `${minute} ${hour} * * ${first === undefined ? "*" : first === last ? first : `${first}-${last}`}`;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Words for the numbers, from the first one on. */
  readonly words: readonly string[];
}

/** A cron line as EC2 Auto Scaling reads it. */
const FIELDS: readonly Field[] = [
  { name: "minute", from: 0, to: 59, words: [] },
  { name: "hour", from: 0, to: 23, words: [] },
  { name: "day of the month", from: 1, to: 31, words: [] },
  { name: "month", from: 1, to: 12, words: MONTHS },
  { name: "day of the week", from: 0, to: 7, words: DAYS },
];

/** What is wrong with a recurrence, or undefined. */
export function cronMistake(recurrence: string): string | undefined {
  const parts = recurrence.split(" ");
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? "";
    if (part.split(",").every((item) => isItem(item, field))) continue;
    const words = field.words.length === 0 ? "" : ` (or ${field.words[0]} to ${field.words.at(-1)})`;
    return `${JSON.stringify(part)} is no ${field.name}: that is * or ${field.from} to ${field.to}${words}, with lists, ranges and steps`;
  }
  return undefined;
}

function isItem(item: string, field: Field): boolean {
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*") return true;
  const ends = range.split("-").map((end) => numberOf(end, field));
  const [first, last = first] = ends;
  return ends.length <= 2 && first !== undefined && last !== undefined && first <= last;
}

function numberOf(text: string, { from, to, words }: Field): number | undefined {
  const word = words.indexOf(text.toUpperCase());
  const number = word >= 0 ? from + word : /^\d+$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= from && number <= to ? number : undefined;
}

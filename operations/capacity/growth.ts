/** Expected growth of clusters over time. */
export interface Growth {
  /** By a share of what grows, compounded, or by a number of pods in each cluster. */
  readonly kind: "percent" | "pods";
  readonly amount: number;
  readonly per: Period;
}

export const PERIODS = ["week", "month", "year"] as const;
export type Period = (typeof PERIODS)[number];

/** Days of a period, on average. */
const DAYS: Readonly<Record<Period, number>> = { week: 7, month: 365.25 / 12, year: 365.25 };

/** Accepted forms of a growth, for messages. */
export const GROWTH_FORMS =
  "10% (per month), 20 (pods per week), or either with /week, /month or /year, such as 50%/year";

const FORM = /^(\d+(?:\.\d+)?)(%?)(?:\/(week|month|year))?$/;

/** Reads a growth; undefined for any other text. A share is per month by default, and a number of pods per week. */
export function parseGrowth(text: string): Growth | undefined {
  const [, number = "", percent, period] = FORM.exec(text) ?? [];
  const amount = Number(number);
  if (number === "" || amount === 0 || amount > 1_000_000) return undefined;
  const per = PERIODS.find((each) => each === period);
  if (percent === "%") return { kind: "percent", amount, per: per ?? "month" };
  return { kind: "pods", amount, per: per ?? "week" };
}

/** Returns a growth as text. */
export function growthText({ amount, kind, per }: Growth): string {
  return kind === "percent" ? `${amount} % per ${per}` : `${amount} ${amount === 1 ? "pod" : "pods"} per ${per}`;
}

/** Number of addresses that a subnet needs. */
export interface Demand {
  /** Addresses that can be used. */
  readonly usable: number;
  /** Addresses that are needed whatever grows. */
  readonly fixed: number;
  /** Addresses that grow. */
  readonly growing: number;
  /** Addresses that one more pod in the cluster needs here, on average. */
  readonly per_pod: number;
}

/** Limit of the forecast. It also keeps the years of dates at 4 digits. */
const MOST_DAYS = 36_525;

/** Returns the number of days until a subnet needs more addresses than it has; undefined if this is more than 100 years away. */
export function daysUntilFull(demand: Demand, growth: Growth): number | undefined {
  if (isFull(demand, growth, 0)) return 0;
  if (!isFull(demand, growth, MOST_DAYS)) return undefined;
  // Demand never falls, so that the first day on which the subnet is full is found by halving.
  let [before, after] = [0, MOST_DAYS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isFull(demand, growth, middle)) after = middle;
    else before = middle;
  }
  return after;
}

function isFull({ fixed, growing, per_pod, usable }: Demand, { amount, kind, per }: Growth, days: number): boolean {
  if (kind === "percent" && growing === 0) return fixed > usable; // 0 times a factor beyond all numbers is no number
  const needed =
    kind === "percent"
      ? growing * (1 + amount / 100) ** (days / DAYS[per])
      : growing + per_pod * Math.floor((amount * days) / DAYS[per]); // a product of whole numbers is exact
  return fixed + needed > usable;
}

import fc from "fast-check";
import { type Demand, daysUntilFull, type Growth, growthText, parseGrowth } from "../../../operations/capacity/growth";

test.each<[string, Growth, string]>([
  ["10%", { kind: "percent", amount: 10, per: "month" }, "10 % per month"],
  ["2.5%/week", { kind: "percent", amount: 2.5, per: "week" }, "2.5 % per week"],
  ["50%/year", { kind: "percent", amount: 50, per: "year" }, "50 % per year"],
  ["20", { kind: "pods", amount: 20, per: "week" }, "20 pods per week"],
  ["1/month", { kind: "pods", amount: 1, per: "month" }, "1 pod per month"],
  ["1000000", { kind: "pods", amount: 1_000_000, per: "week" }, "1000000 pods per week"],
])("%s is a growth", (given, growth, shown) => {
  expect(parseGrowth(given)).toEqual(growth);
  expect(growthText(growth)).toBe(shown);
});

test.each([
  "",
  "0",
  "0%",
  "-5%",
  "10 %",
  "%",
  "10%/day",
  "10/",
  "10%/month/week",
  "1e3",
  ".5%",
  "5.%",
  "1000001",
  "ten",
])("refuses %j as growth", (given) => {
  expect(parseGrowth(given)).toBeUndefined();
});

const demand = (of: Partial<Demand>): Demand => ({ usable: 200, fixed: 0, growing: 100, per_pod: 1, ...of });
const growth = (text: string): Growth => parseGrowth(text) ?? { kind: "pods", amount: 1, per: "week" };

test.each<[string, Partial<Demand>, string, number | undefined]>([
  // 100 * 1.1^t > 200 from 7.273 months on, which are 221.4 days.
  ["a share is compounded", {}, "10%", 222],
  ["only what is not fixed grows", { usable: 200, fixed: 100, growing: 50 }, "10%", 222],
  ["a share of nothing is nothing", { growing: 0 }, "1000000%/week", undefined],
  ["what is fixed can be too much", { growing: 0, fixed: 201 }, "10%", 0],
  // 101 pods more are needed: after the 101st of 1 a week, and after 6 weeks of 20 (120), because 5 bring 100.
  ["pods come one after another", {}, "1", 707],
  ["the last address is used before a subnet is full", {}, "20", 36],
  ["a pod a day is a pod on each day, without an error of rounding", { usable: 160 }, "7", 61],
  ["a part of a pod needs a part of an address", { per_pod: 0.5 }, "20", 71],
  ["a subnet without new pods does not fill", { per_pod: 0 }, "20", undefined],
  ["a subnet that is full today is full now", { growing: 201 }, "10%", 0],
  ["a subnet with exactly enough is not", { growing: 200, per_pod: 0 }, "20", undefined],
  ["100 years are too far", { usable: 40_000_000 }, "1/year", undefined],
])("%s", (_, of, text, expected) => {
  expect(daysUntilFull(demand(of), growth(text))).toBe(expected);
});

test("is the first day on which more is needed than there is, counted day by day", () => {
  const number = fc.integer({ min: 0, max: 300 });
  const text = fc.constantFrom("10%", "400%/year", "7", "3/month", "90%/week");
  fc.assert(
    fc.property(number, number, number, fc.constantFrom(0.5, 1, 1.3), text, (usable, fixed, growing, per_pod, each) => {
      const { amount, kind, per } = growth(each);
      const length = { week: 7, month: 30.4375, year: 365.25 }[per];
      const needed = (day: number): number =>
        fixed +
        (kind === "percent"
          ? growing === 0
            ? 0
            : growing * (1 + amount / 100) ** (day / length)
          : growing + per_pod * Math.floor((amount * day) / length));
      let day = 0;
      while (day <= 36_525 && needed(day) <= usable) day += 1;
      expect(daysUntilFull({ usable, fixed, growing, per_pod }, growth(each))).toBe(day > 36_525 ? undefined : day);
    }),
    { numRuns: 40 },
  );
});

import fc from "fast-check";
import { type Interval, nextStart, openAt, openings, type Window } from "../../../fleet/rollouts/windows";
import { milliseconds } from "../../../language/words/schedules";
import { cases } from "../../support/jest/cases";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

const window = (schedule: string, duration = "4h", time_zone = "Europe/Brussels"): Window => ({
  schedule,
  time_zone,
  duration,
});
const at = (text: string): number => Date.parse(text);
const iso = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString().replace(":00.000Z", "Z");

/** Returns the times at which a window opens in an interval. */
const opens = (each: Window, from: string, until: string): unknown[] =>
  openings(each, { from: at(from), until: at(until) }).map((opening) => iso(opening.from));

describe("when clocks change", () => {
  test.each<[string, Window, string, string, string[]]>([
    [
      "a time that is skipped opens at the first moment after",
      window("30 2 * * *"),
      "2027-03-28T00:00Z",
      "2027-03-28T12:00Z",
      ["2027-03-28T01:00Z"],
    ],
    [
      "a time that occurs twice opens at the first one",
      window("30 2 * * *", "1h"),
      "2026-10-24T22:00Z",
      "2026-10-25T12:00Z",
      ["2026-10-25T00:30Z"],
    ],
    [
      "22:00 is one hour later in UTC in winter",
      window("0 22 * * *"),
      "2026-10-24T12:00Z",
      "2026-10-26T12:00Z",
      ["2026-10-24T20:00Z", "2026-10-25T21:00Z"],
    ],
    [
      "half an hour of summer time is half an hour",
      window("0 22 * * *", "2h", "Australia/Lord_Howe"),
      "2027-04-02T18:00Z",
      "2027-04-04T18:00Z",
      ["2027-04-03T11:00Z", "2027-04-04T11:30Z"],
    ],
  ])("%s", (_, each, from, until, expected) => {
    expect(opens(each, from, until)).toEqual(expected);
  });

  test("a window stays open for its duration, as elapsed time", () => {
    const [opening] = openings(window("0 1 * * *"), { from: at("2027-03-28T00:00Z"), until: at("2027-03-28T00:30Z") });

    // 01:00 in winter to 06:00 in summer on the clock, which is four hours.
    expect([iso(opening?.from), iso(opening?.until)]).toEqual(["2027-03-28T00:00Z", "2027-03-28T04:00Z"]);
  });
});

describe("a window", () => {
  const nightly = window("0 22 * * *", "4h", "UTC");
  const start = (now: string, hours: number, freezes: readonly Interval[] = []): string | undefined =>
    iso(nextStart({ windows: [nightly], length: hours * HOUR, freezes }, { from: at(now), until: at(now) + 30 * DAY }));

  test.each<[string, string, number, string]>([
    ["is open in its first instant", "2026-11-30T22:00:00Z", 4, "2026-11-30T22:00Z"],
    ["is open as long as a change can end in it", "2026-12-01T01:00:00Z", 1, "2026-12-01T01:00Z"],
    ["is closed when a change cannot end in it", "2026-12-01T01:00:01Z", 1, "2026-12-01T22:00Z"],
    ["is closed before it opens", "2026-11-30T21:59:59Z", 1, "2026-11-30T22:00Z"],
  ])("%s", (_, now, hours, expected) => {
    expect(start(now, hours)).toBe(expected);
  });

  test("that is too short for a change never lets it start", () => {
    expect(start("2026-11-30T00:00:00Z", 5)).toBeUndefined();
  });

  test("gives way to a freeze, also to one that begins before a change could end", () => {
    const freeze = { from: at("2026-11-30T23:00:00Z"), until: at("2026-12-01T00:30:00Z") };

    expect(start("2026-11-30T22:30:00Z", 1, [freeze])).toBe("2026-12-01T00:30Z");
    expect(start("2026-11-30T22:00:00Z", 1, [freeze])).toBe("2026-11-30T22:00Z");
  });

  test("is open at its first instant and closed at its end", () => {
    expect(openAt([nightly], at("2026-11-30T22:00:00Z"))?.until).toBe(at("2026-12-01T02:00:00Z"));
    expect(openAt([nightly], at("2026-12-01T02:00:00Z"))).toBeUndefined();
  });
});

const zones = fc.constantFrom(
  "Europe/Brussels",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "America/Santiago",
  "UTC",
);
const windows = fc.array(
  fc.record({
    schedule: fc
      .tuple(fc.constantFrom(0, 15, 30), fc.nat(23), fc.constantFrom("*", "1-5", "6", "0,3"))
      .map(([minute, hour, days]) => `${minute} ${hour} * * ${days}`),
    time_zone: zones,
    duration: fc.constantFrom("1h", "3h", "6h30m"),
  }),
  { minLength: 1, maxLength: 3 },
);
const moments = fc.integer({ min: at("2026-09-01T00:00Z"), max: at("2027-11-30T00:00Z") });
const freezeLists = fc.array(
  fc
    .record({ from: moments, length: fc.integer({ min: HOUR, max: 20 * DAY }) })
    .map(({ from, length }) => ({ from, until: from + length })),
  { maxLength: 3 },
);

test("every start is inside one window from beginning to end, outside of freezes, and the first there is", () => {
  fc.assert(
    fc.property(windows, freezeLists, moments, fc.integer({ min: 1, max: 12 }), (all, freezes, now, halfHours) => {
      const length = (halfHours * HOUR) / 2;
      const options = { windows: all, length, freezes };
      const start = nextStart(options, { from: now, until: now + 60 * DAY });
      if (start === undefined)
        return all.every(({ duration }) => milliseconds(duration) < length) || freezes.length > 0;
      const inside = all.some((each) =>
        openings(each, { from: start, until: start + 1 }).some(
          ({ from, until }) => from <= start && start + length <= until,
        ),
      );
      const frozen = freezes.some(({ from, until }) => start < until && from < start + length);
      // Asked at any moment before it, the answer is the same start; at the start, it is now.
      const between = now + Math.floor((start - now) / 2);
      return (
        inside &&
        !frozen &&
        start >= now &&
        nextStart(options, { from: between, until: between + 60 * DAY }) === start &&
        nextStart(options, { from: start, until: start + DAY }) === start
      );
    }),
    { numRuns: cases({ all: 60, quick: 20 }) },
  );
});

import { cron, timeZone } from "../../../language/words/schedules";

const PLAIN = ["plain cron: Sunday is 0 and does not end a range, and L, W, #, ? and + are not supported"];
const RANGE = ["five fields of cron, each in its range, such as 30 2 * * *"];

test.each([
  ["30 2 * * *", []],
  ["*/15 8-17,20 1-31/2 jan,JUL mon-fri", []],
  ["0 0 * * sun", []],
  ["0 0 * * 0-6/7", []],
  ["0 0 * * 7", PLAIN],
  ["0 0 * * 5-7", PLAIN],
  ["0 0 * * sat-SUN", PLAIN],
  ["0 0 L * *", PLAIN],
  ["0 0 15W * *", PLAIN],
  ["0 0 ? * MON", PLAIN],
  ["0 0 * * mon#1", PLAIN],
  ["0 24 * * *", RANGE],
  ["60 * * * *", RANGE],
  ["0 0 0 * *", RANGE],
  ["0 0 * FOO *", RANGE],
  ["0 0 * * 5-1", RANGE],
  ["*/0 * * * *", RANGE],
  ["1-2-3 * * * *", RANGE],
  ["5/10 * * * *", RANGE],
  ["@daily", ["five fields of cron, such as 30 2 * * *"]],
])("accepts %s, or gives the reason for the refusal", (text, problems) => {
  const { error } = cron.safeParse(text);

  expect((error?.issues ?? []).map(({ message }) => message)).toEqual(problems.map((problem) => `must be ${problem}`));
});

test.each(["Europe/Berlin", "Etc/UTC", "UTC"])("accepts the time zone %s", (name) => {
  expect(timeZone.safeParse(name).success).toBe(true);
});

test.each(["EST", "Europe/Berlino", "Local", ""])("refuses the time zone %j", (name) => {
  expect(timeZone.safeParse(name).error?.issues.map(({ message }) => message)).toEqual([
    "must be an IANA time zone, such as Europe/Berlin or Etc/UTC",
  ]);
});

import { cronMistake } from "../../../language/words/cron";

test.each(["0 20 * * *", "*/15 0-6,22 1,15 JAN-MAR mon", "59 23 31 12 7", "0 7 * * MON-FRI"])(
  "%s is a recurrence",
  (line) => {
    expect(cronMistake(line)).toBeUndefined();
  },
);

test.each([
  ["60 * * * *", '"60" is no minute: that is * or 0 to 59, with lists, ranges and steps'],
  ["0 24 * * *", '"24" is no hour: that is * or 0 to 23, with lists, ranges and steps'],
  ["0 0 0 * *", '"0" is no day of the month: that is * or 1 to 31, with lists, ranges and steps'],
  ["0 0 * FOO *", '"FOO" is no month: that is * or 1 to 12 (or JAN to DEC), with lists, ranges and steps'],
  ["0 0 * * 5-1", '"5-1" is no day of the week: that is * or 0 to 7 (or SUN to SAT), with lists, ranges and steps'],
  ["*/0 * * * *", '"*/0" is no minute: that is * or 0 to 59, with lists, ranges and steps'],
  ["1-2-3 * * * *", '"1-2-3" is no minute: that is * or 0 to 59, with lists, ranges and steps'],
])("%s is none", (line, mistake) => {
  expect(cronMistake(line)).toBe(mistake);
});

import { cronText } from "../../../language/words/cron-text";

const PLAIN = ["cron as Kubernetes reads it: Sunday is 0 and ends no range, and there is no L, W, #, ? or +"];
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
  ["@daily", ["five fields of cron, such as 30 2 * * *"]],
])("%s", (text, problems) => {
  const { error } = cronText.safeParse(text);

  expect((error?.issues ?? []).map(({ message }) => message)).toEqual(problems.map((problem) => `must be ${problem}`));
});

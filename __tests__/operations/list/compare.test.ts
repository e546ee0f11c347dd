import { compareValues } from "../../../operations/list/compare";

test.each([
  [9, 10],
  ["1.9", "1.10"],
  ["v1.20.4-eksbuild.2", "v1.20.4-eksbuild.10"],
  ["1.20", "1.20.1"],
  ["2026.10", "2026.11"],
  ["eu-west-1", "us-east-1"],
])("%s comes before %s", (a, b) => {
  expect([Math.sign(compareValues(a, b)), Math.sign(compareValues(b, a)), compareValues(a, a)]).toEqual([-1, 1, 0]);
});

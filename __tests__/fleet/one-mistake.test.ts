import { runsWithOneMistake } from "../support/one-mistake";

test("one wrong value is reported once, in all but at most 10 of the runs", () => {
  const more = runsWithOneMistake().filter(({ errors }) => errors.length > 1);

  expect(more.length).toBeLessThanOrEqual(10);
});

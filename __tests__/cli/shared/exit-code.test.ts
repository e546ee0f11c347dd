import { worst } from "../../../cli/shared/exit-code";

test("an error is worse than a finding, and a finding worse than success", () => {
  expect([worst([]), worst([0, 0]), worst([0, 2]), worst([2, 1, 0])]).toEqual([0, 0, 2, 1]);
});

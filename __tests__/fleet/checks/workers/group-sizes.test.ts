import { problemsOfWorkers } from "../../../support/worker-problems";

const errors = (sizes: string): string[] =>
  problemsOfWorkers(`{ name: a, ${sizes} }`).filter((problem) => !problem.startsWith("warning: "));

describe("bounds of a group's sizes", () => {
  test.each([
    ["max_size equals min_size", "min_size: 3, max_size: 3"],
    ["desired_size equals min_size", "autoscaling: false, min_size: 2, max_size: 4, desired_size: 2"],
    ["desired_size equals max_size", "autoscaling: false, min_size: 2, max_size: 4, desired_size: 4"],
    ["on_demand_base_capacity equals max_size", "max_size: 4, on_demand_base_capacity: 4, spot_price: 0.1"],
  ])("accepts a group whose %s", (_, sizes) => {
    expect(errors(sizes)).toEqual([]);
  });

  test.each([
    ["max_size is 1 below min_size", "max_size", "min_size: 3, max_size: 2"],
    [
      "desired_size is 1 below min_size",
      "desired_size",
      "autoscaling: false, min_size: 2, max_size: 4, desired_size: 1",
    ],
    [
      "desired_size is 1 above max_size",
      "desired_size",
      "autoscaling: false, min_size: 2, max_size: 4, desired_size: 5",
    ],
    [
      "on_demand_base_capacity is 1 above max_size",
      "on_demand_base_capacity",
      "max_size: 4, on_demand_base_capacity: 5, spot_price: 0.1",
    ],
  ])("refuses a group whose %s", (_, key, sizes) => {
    expect(errors(sizes).map((error) => error.split(": ")[0])).toEqual([`[a].${key}`]);
  });
});

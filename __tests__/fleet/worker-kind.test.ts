import { architectureOf } from "../../fleet/ami";
import { buysSpot, selfManagedSettings, workerKind } from "../../fleet/worker-kind";
import { workerOf } from "../support/cluster";

describe("how a group is built", () => {
  test("auto is managed, unless a setting needs a group of our own", () => {
    expect(workerKind(workerOf({ name: "a" }))).toBe("managed");
    expect(workerKind(workerOf({ name: "a", capacity_type: "SPOT" }))).toBe("managed");
    expect(workerKind(workerOf({ name: "a", spot_price: 0.1 }))).toBe("self_managed");
    expect(workerKind(workerOf({ name: "a", on_demand_base_capacity: 1 }))).toBe("self_managed");
    expect(workerKind(workerOf({ name: "a", on_demand_percentage_above_base_capacity: 0 }))).toBe("self_managed");
  });

  test("what is said is done", () => {
    expect(workerKind(workerOf({ name: "a", kind: "self_managed" }))).toBe("self_managed");
    expect(workerKind(workerOf({ name: "a", kind: "managed" }))).toBe("managed");
  });

  test("names the settings as a reader would", () => {
    const worker = workerOf({ name: "a", spot_price: 0.1, on_demand_base_capacity: 2 });
    expect(selfManagedSettings(worker)).toEqual(["spot_price", "on_demand_base_capacity"]);
  });

  test("a bid means spot", () => {
    expect(buysSpot(workerOf({ name: "a" }))).toBe(false);
    expect(buysSpot(workerOf({ name: "a", spot_price: 0.1 }))).toBe(true);
    expect(buysSpot(workerOf({ name: "a", capacity_type: "SPOT" }))).toBe(true);
  });
});

test.each([
  ["m6i.large", "x86_64"],
  ["m7g.large", "arm64"],
  ["c7gn.xlarge", "arm64"],
  ["im4gn.large", "arm64"],
  ["g5.xlarge", "x86_64"],
  ["g5g.xlarge", "arm64"],
  ["g4dn.xlarge", "x86_64"],
  ["a1.large", "arm64"],
  ["t4g.micro", "arm64"],
  ["x2gd.large", "arm64"],
  ["m6gd.large", "arm64"],
  ["inf2.xlarge", "x86_64"],
])("%s is %s", (type, architecture) => {
  expect(architectureOf(type)).toBe(architecture);
});

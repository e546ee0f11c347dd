import { acceleratorOf, architectureOf, hasInstanceStore } from "../../../aws/ami";
import { buysSpot, selfManagedSettings, workerKind } from "../../../fleet/nodes/worker-kind";
import { workerOf } from "../../support/cluster";

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
    expect(buysSpot(workerOf({ name: "a", on_demand_percentage_above_base_capacity: 50 }))).toBe(true);
    expect(buysSpot(workerOf({ name: "a", on_demand_percentage_above_base_capacity: 100 }))).toBe(false);
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

test.each([
  ["m6i.large", "none"],
  ["g5.xlarge", "nvidia"],
  ["g5g.xlarge", "nvidia"],
  ["g4dn.xlarge", "nvidia"],
  ["g4ad.xlarge", "none"],
  ["p5.48xlarge", "nvidia"],
  ["p6-b200.48xlarge", "nvidia"],
  ["gr6.4xlarge", "nvidia"],
  ["inf2.xlarge", "neuron"],
  ["trn1n.32xlarge", "neuron"],
])("%s computes with %s", (type, accelerator) => {
  expect(acceleratorOf(type)).toBe(accelerator);
});

test.each([
  ["m6i.large", false],
  ["m6id.large", true],
  ["m5dn.large", true],
  ["c6gd.medium", true],
  ["x2iedn.xlarge", true],
  ["i4i.large", true],
  ["im4gn.large", true],
  ["i7ie.large", true],
  ["d3en.xlarge", true],
  ["g5.xlarge", true],
  ["g5g.xlarge", false],
  ["g4dn.xlarge", true],
  ["inf2.xlarge", false],
  ["trn1.2xlarge", true],
  ["r8gd.large", true],
  ["m7i-flex.large", false],
  ["t3.large", false],
  ["hpc6id.32xlarge", true],
])("%s has disks of its own: %s", (type, has) => {
  expect(hasInstanceStore(type)).toBe(has);
});

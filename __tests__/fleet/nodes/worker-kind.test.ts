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

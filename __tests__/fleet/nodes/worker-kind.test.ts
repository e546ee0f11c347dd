import { buysSpot, selfManagedSettings, workerKind } from "../../../fleet/nodes/worker-kind";
import { workerOf } from "../../support/cluster";

describe("how a group is built", () => {
  test("auto is managed unless a setting requires a self-managed group", () => {
    expect(workerKind(workerOf({ name: "a" }))).toBe("managed");
    expect(workerKind(workerOf({ name: "a", capacity_type: "SPOT" }))).toBe("managed");
    expect(workerKind(workerOf({ name: "a", spot_price: 0.1 }))).toBe("self_managed");
    expect(workerKind(workerOf({ name: "a", on_demand_base_capacity: 1 }))).toBe("self_managed");
    expect(workerKind(workerOf({ name: "a", on_demand_percentage_above_base_capacity: 0 }))).toBe("self_managed");
  });

  test("a kind that is set is used", () => {
    expect(workerKind(workerOf({ name: "a", kind: "self_managed" }))).toBe("self_managed");
    expect(workerKind(workerOf({ name: "a", kind: "managed" }))).toBe("managed");
  });

  test("names the settings as the definition spells them", () => {
    const worker = workerOf({ name: "a", spot_price: 0.1, on_demand_base_capacity: 2 });
    expect(selfManagedSettings(worker)).toEqual(["spot_price", "on_demand_base_capacity"]);
  });

  test("spot_price implies spot capacity", () => {
    expect(buysSpot(workerOf({ name: "a" }))).toBe(false);
    expect(buysSpot(workerOf({ name: "a", spot_price: 0.1 }))).toBe(true);
    expect(buysSpot(workerOf({ name: "a", capacity_type: "SPOT" }))).toBe(true);
    expect(buysSpot(workerOf({ name: "a", on_demand_percentage_above_base_capacity: 50 }))).toBe(true);
    expect(buysSpot(workerOf({ name: "a", on_demand_percentage_above_base_capacity: 100 }))).toBe(false);
  });
});

import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { installOrder } from "../../../fleet/plan/install-order";

const item = (name: string, requires: readonly string[] = [], after: readonly string[] = []) => ({
  name,
  requires,
  after,
});
const order = (...items: readonly ReturnType<typeof item>[]) => installOrder(items).map(({ name }) => name);

test("puts an addon after those that it requires and follows", () => {
  expect(order(item("a", ["c"]), item("b", [], ["a"]), item("c"))).toEqual(["c", "a", "b"]);
});

test("keeps the order of addons that do not wait for each other", () => {
  expect(order(item("b"), item("a"), item("c"))).toEqual(["b", "a", "c"]);
});

test("does not wait for an addon that the cluster does not have", () => {
  expect(order(item("a", ["x"], ["y"]))).toEqual(["a"]);
});

test("refuses addons that wait for each other, and names them", () => {
  expect(() => order(item("a", ["b"]), item("b", [], ["a"]), item("c"))).toThrow("addons wait for each other: a, b");
});

test("installs DNS first, the autoscaler before the addons that fill nodes, and load balancers before what they reach", () => {
  const names = installOrder(Object.values<Addon>(catalogue)).map(({ name }) => name);

  expect(names[0]).toBe("coredns");
  expect(names.indexOf("cluster_autoscaler")).toBeLessThan(names.indexOf("kube_prometheus_stack"));
  expect(names.indexOf("aws_load_balancer_controller")).toBeLessThan(names.indexOf("kube_prometheus_stack"));
  expect(names).toHaveLength(Object.keys(catalogue).length);
});

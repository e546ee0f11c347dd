import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { installOrder } from "../../../constructs/addons/install-order";

const item = (name: string, requires: readonly string[] = [], after: readonly string[] = []) => ({
  addon: { ...catalogue.coredns, name, requires, after } as Addon,
});
const order = (...items: readonly ReturnType<typeof item>[]) => installOrder(items).map(({ addon }) => addon.name);

test("each comes after what it requires and what it follows", () => {
  expect(order(item("a", ["c"]), item("b", [], ["a"]), item("c"))).toEqual(["c", "a", "b"]);
});

test("those that do not wait for each other keep their order", () => {
  expect(order(item("b"), item("a"), item("c"))).toEqual(["b", "a", "c"]);
});

test("one that is not there is not waited for", () => {
  expect(order(item("a", ["x"], ["y"]))).toEqual(["a"]);
});

test("a circle is an error that names all in it", () => {
  expect(() => order(item("a", ["b"]), item("b", [], ["a"]), item("c"))).toThrow("addons wait for each other: a, b");
});

test("the catalogue has no circle, and installs DNS first and what makes nodes before what fills them", () => {
  const names = installOrder(Object.values<Addon>(catalogue).map((addon) => ({ addon }))).map(
    ({ addon }) => addon.name,
  );

  expect(names[0]).toBe("coredns");
  expect(names.indexOf("cluster_autoscaler")).toBeLessThan(names.indexOf("kube_prometheus_stack"));
  expect(names.indexOf("kube_prometheus_stack")).toBeLessThan(names.indexOf("aws_load_balancer_controller"));
  expect(names).toHaveLength(Object.keys(catalogue).length);
});

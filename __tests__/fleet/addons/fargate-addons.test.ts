import { isOnFargate } from "../../../fleet/addons/fargate-addons";
import { clusterOf, workerOf } from "../../support/cluster";

const labels = { "app.kubernetes.io/name": "dns", "app.kubernetes.io/instance": "dns" };
const addon = { name: "some_addon", namespace: "dns", fargate: { labels } };
const profile = (selector: object) => ({ name: "a", selectors: [{ namespace: "dns", ...selector }] });
const NODES = [workerOf({ name: "general" })];

test.each([
  ["a profile that has its namespace", NODES, profile({}), true],
  ["a profile that has its labels", NODES, profile({ labels: { "app.kubernetes.io/name": "dns" } }), true],
  ["a profile for other pods of its namespace, beside nodes", NODES, profile({ labels: { app: "other" } }), false],
  ["the same, with no nodes", [], profile({ labels: { app: "other" } }), true],
  ["a profile of another namespace", [], { name: "a", selectors: [{ namespace: "web" }] }, false],
])("%s", (_, workers, fargate_profile, expected) => {
  expect(isOnFargate(addon, clusterOf({ workers, fargate_profiles: [fargate_profile] }))).toBe(expected);
});

test("nodes outside worker groups count as nodes, but Karpenter creates none for itself", () => {
  const narrow = { workers: [], fargate_profiles: [profile({ labels: { app: "other" } })] };
  const karpenter = { addons: { karpenter: { enabled: true } } };

  expect(isOnFargate(addon, clusterOf({ ...narrow, cluster: { auto_mode: { enabled: true } } }))).toBe(false);
  expect(isOnFargate(addon, clusterOf({ ...narrow, ...karpenter }))).toBe(false);
  expect(isOnFargate({ ...addon, name: "karpenter" }, clusterOf({ ...narrow, ...karpenter }))).toBe(true);
});

test("an addon without a field about Fargate is not assumed to run there", () => {
  expect(
    isOnFargate({ name: "a", namespace: "dns" }, clusterOf({ workers: [], fargate_profiles: [profile({})] })),
  ).toBe(false);
});

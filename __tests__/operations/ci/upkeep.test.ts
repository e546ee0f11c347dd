import type { Problem } from "../../../language/problem";
import { deadlineMessages } from "../../../operations/ci/deadlines";
import { drilledCluster } from "../../../operations/ci/drill";

test("every cluster is drilled once before the first is drilled again", () => {
  const months = ["2026-11-01", "2026-12-01", "2027-01-01"];

  expect(months.map((day) => drilledCluster(["b", "c", "a"], day)).sort()).toEqual(["a", "b", "c"]);
  expect(drilledCluster([], "2026-11-01")).toBeUndefined();
});

const warning = (given: Partial<Problem>): Problem => ({
  rule: "kubernetes-support",
  severity: "warning",
  place: { file: "clusters/a.yaml", line: 3, column: 1 },
  path: "tfvars.cluster.kubernetes_version",
  message: "1.34 leaves standard support in 3 days",
  ...given,
});
const CLUSTERS = [
  { name: "a.example.com", owner: "search", file: "clusters/a.yaml" },
  { name: "b.example.com", owner: "shop", file: "clusters/b.yaml" },
];

test("a message to an owner lists what ends in its clusters, and no other warnings", () => {
  const found = deadlineMessages([warning({}), warning({ rule: "capacity" })], CLUSTERS);

  expect(found.map(({ lines, owner }) => [owner, lines])).toEqual([
    ["search", ["clusters/a.yaml: tfvars.cluster.kubernetes_version: 1.34 leaves standard support in 3 days"]],
  ]);
});

test("a problem in a shared layer is sent to the owners of its clusters, or to the platform team", () => {
  const shared = warning({ place: { file: "tiers/production.yaml", line: 1, column: 1 } });
  const owners = (problem: Problem) => deadlineMessages([problem], CLUSTERS).map(({ owner }) => owner);

  expect(owners({ ...shared, clusters: ["a.example.com", "b.example.com"] })).toEqual(["search", "shop"]);
  expect(owners(shared)).toEqual([null]);
});

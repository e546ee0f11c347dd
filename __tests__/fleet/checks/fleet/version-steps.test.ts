import { versionStepProblems } from "../../../../fleet/checks/fleet/version-steps";
import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const FILE = "clusters/a.example.com.yaml";

function reported(version: string | undefined, before: string | undefined, files = {}): string[] {
  const cluster = version === undefined ? {} : { cluster: `kubernetes_version: "${version}"` };
  const base = new Map(before === undefined ? [] : [["a.example.com", before]]);
  return problemsOf({ [FILE]: definition(cluster), ...files }, { base });
}

test("refuses a version that is two minor versions later than the base's", () => {
  expect(reported("1.35", "1.33")).toEqual([
    `${FILE}:9:25 tfvars.cluster.kubernetes_version: must not skip a minor version: the cluster has 1.33, and EKS upgrades a control plane one minor version at a time. Set 1.34, deploy it, and then continue to 1.35`,
  ]);
});

test("refuses a version that is earlier than the base's, and says how a rollback works", () => {
  expect(reported("1.34", "1.35")).toEqual([
    `${FILE}:9:25 tfvars.cluster.kubernetes_version: must not be earlier than 1.35, which the cluster has, but is 1.34. EKS can only roll back an upgrade of the last 7 days, nodes first: docs/operations/upgrade-a-cluster.md shows how`,
  ]);
});

test("offers no rollback over two minor versions", () => {
  expect(reported("1.34", "1.36")).toEqual([
    `${FILE}:9:25 tfvars.cluster.kubernetes_version: must not be earlier than 1.36, which the cluster has, but is 1.34. EKS never goes back more than one minor version. Create another cluster`,
  ]);
});

test.each([
  ["the next minor version", "1.34"],
  ["the same version", "1.35"],
])("accepts %s", (_, before) => {
  expect(reported("1.35", before)).toEqual([]);
});

test("accepts any version of a cluster that the base does not have", () => {
  expect(reported("1.35", undefined)).toEqual([]);
});

test("reports a version of the release at its place in the release's file, with the cluster", () => {
  expect(reported(undefined, "1.33")).toEqual([
    "definitions/releases/2026.10.yaml:5:25 tfvars.cluster.kubernetes_version: must not skip a minor version: the cluster has 1.33, and EKS upgrades a control plane one minor version at a time. Set 1.34, deploy it, and then continue to 1.35 (for cluster a.example.com)",
  ]);
});

test("reports a version of the channel at its place in channels.yaml, with the cluster", () => {
  const channels =
    'stable: { release: "2026.10", tfvars: { cluster: { kubernetes_version: "1.35" } } }\ninsiders: "2026.11"\n';
  expect(reported(undefined, "1.33", { "channels.yaml": channels })[0]).toMatch(
    /^channels\.yaml:1:72 tfvars\.cluster\.kubernetes_version: must not skip .* \(for cluster a\.example\.com\)$/,
  );
});

test("reports a refused version once, by its own error", () => {
  expect(reported("1.3", "1.35")).toHaveLength(1);
});

test("compares nothing of a definition without a value", () => {
  const broken = { file: FILE, name: "a", problems: [], defaults: new Set<string>(), subject: undefined };
  const tree = (): never => {
    throw new Error("made for nothing");
  };
  expect(versionStepProblems(new Map([["a", "1.33"]]), [{ ...broken, tree }], new Set())).toEqual([]);
});

import { type KubernetesMinor, kubernetesMinor } from "../../../language/words/kubernetes-minor";
import { roundsTo } from "../../../operations/upgrade/target";

const release = (name: string, ...minors: string[]) => ({
  name,
  kubernetes: Object.fromEntries(minors.map((minor) => [minor, { ami_release_version: "", eks_addons: {} }])),
});

const RELEASES = [
  release("2026.10", "1.33", "1.34", "1.35"),
  release("2026.11", "1.34", "1.35"),
  release("2026.12", "1.35", "1.36"),
];

function rounds(target: string, from = "1.34", own = RELEASES[0]): readonly string[] | string {
  try {
    const facts = { cluster: "a.example.com", from: kubernetesMinor(from) as KubernetesMinor, releases: RELEASES };
    return roundsTo(target, { ...facts, release: own ?? release("none") });
  } catch (error) {
    return (error as Error).message;
  }
}

test("each minor version up to the target is a round", () => {
  expect(rounds("1.35", "1.33")).toEqual(["1.34", "1.35"]);
});

test("the same version has no round", () => {
  expect(rounds("1.34")).toEqual([]);
});

test.each(["1.36.2", "36", "v1.35", "latest", "", "2.1", "1.35 "])("refuses %j as a minor version", (target) => {
  expect(rounds(target)).toBe(
    `--to must be a Kubernetes minor version, such as 1.36, got ${JSON.stringify(target)}. Release 2026.10 supports 1.33, 1.34, 1.35`,
  );
});

test("an earlier version is refused with the way of a rollback", () => {
  expect(rounds("1.33")).toBe(
    'a.example.com has 1.34, which is later than 1.33. EKS goes back one minor version at most, within 7 days of an upgrade, nodes first. Follow "Roll back an upgrade" in docs/operations/upgrade-a-cluster.md',
  );
});

test("a version of another release is refused with the releases that have both versions", () => {
  expect(rounds("1.36", "1.35")).toBe(
    'release 2026.10 supports Kubernetes 1.33, 1.34, 1.35, not 1.36. 2026.12 supports 1.35 and 1.36: move the cluster there first, and keep kubernetes_version: "1.35"',
  );
});

test("a version of a release that lacks the cluster's version is refused with the steps in between", () => {
  expect(rounds("1.36", "1.34")).toBe(
    'release 2026.10 supports Kubernetes 1.33, 1.34, 1.35, not 1.36. In steps, upgrade to 1.35 with this release, then move the cluster to 2026.12 with kubernetes_version: "1.35", and then upgrade to 1.36',
  );
});

test("a version after one that another release has is refused because no release has it", () => {
  expect(rounds("1.37", "1.35")).toBe(
    "release 2026.10 supports Kubernetes 1.33, 1.34, 1.35, not 1.36 and later. No release supports 1.37: write one with `fleet versions --write` (docs/releases.md)",
  );
});

test("a version that no release has requires a new release", () => {
  expect(rounds("1.37", "1.36", RELEASES[2])).toBe(
    "release 2026.12 supports Kubernetes 1.35, 1.36, not 1.37. No release supports 1.37: write one with `fleet versions --write` (docs/releases.md)",
  );
});

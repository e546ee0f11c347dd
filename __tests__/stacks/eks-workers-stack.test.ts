import { addClusterStacks } from "../../stacks/cluster-stacks";
import { clusterOf, workerOf } from "../support/cluster";
import { synthStacks } from "../support/synth";

const CNI = {
  name: "cilium",
  repository: "https://helm.cilium.io",
  chart: "cilium",
  version: "1.18.2",
  namespace: "kube-system",
  pod_security: null,
  wait: false,
} as const;
const workers = [workerOf({ name: "managed" }), workerOf({ name: "self", kind: "self_managed" })];
const stacksWith = (before_nodes: boolean) =>
  synthStacks((scope) => ({
    ...addClusterStacks(scope, clusterOf({ workers, extra_charts: [{ ...CNI, before_nodes }] })),
  }));
const { addons, eks_workers } = stacksWith(true);

test("every group waits for a chart that comes before the nodes", () => {
  const release = eks_workers.addresses("helm_release");

  expect(eks_workers.only("helm_release")).toMatchObject({ name: "cilium", wait: false, atomic: false });
  expect(eks_workers.only("aws_eks_node_group")["depends_on"]).toEqual(expect.arrayContaining(release));
  expect(eks_workers.only("aws_autoscaling_group")["depends_on"]).toEqual(expect.arrayContaining(release));
});

test("a chart that comes before the nodes is not installed with the addons too", () => {
  expect(Object.values(addons.all("helm_release")).map(({ name }) => name)).not.toContain("cilium");
});

test("the stack of the workers calls no Kubernetes API without such a chart", () => {
  const other = stacksWith(false);

  expect(Object.keys(other.eks_workers.at("provider") as object)).toEqual(["aws"]);
  expect(Object.values(other.addons.all("helm_release")).map(({ name }) => name)).toContain("cilium");
});

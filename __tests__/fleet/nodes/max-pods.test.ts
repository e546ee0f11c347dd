import type { Tfvars, Worker } from "../../../fleet/model/cluster";
import { maxPods } from "../../../fleet/nodes/max-pods";
import { clusterOf, type Part, workerOf } from "../../support/cluster";

const PLAIN: Part<Tfvars> = {};
const PODS_APART: Part<Tfvars> = {
  networking: { subnet_tiers: ["public", "private", "intra", "pod"], secondary_cidr_blocks: ["100.64.0.0/16"] },
};
const PREFIXES: Part<Tfvars> = { cluster: { vpc_cni: { prefix_delegation: true } } };
const BOTH: Part<Tfvars> = { ...PODS_APART, ...PREFIXES };
const IPV6: Part<Tfvars> = { networking: { ip_family: "ipv6" } };

const CUSTOM = { ami_type: "CUSTOM", ami_family: "AL2023", ami_id: "ami-01234567" } as const;
const WINDOWS = { ...CUSTOM, ami_family: "WINDOWS" } as const;

function told(tfvars: Part<Tfvars>, group: Part<Worker> = {}): number | null {
  const worker = workerOf({ name: "a", kind: "self_managed", instance_types: ["m6i.large"], ...group });
  return maxPods(clusterOf({ ...tfvars, workers: [worker] }).tfvars, worker);
}

describe("The pod limit of nodes", () => {
  // EKS's guide to choosing an instance type has 20 and 110 for an m5.large.
  test.each<[string, Part<Tfvars>, readonly string[], number | null]>([
    ["nothing where they count themselves", PLAIN, ["m6i.large"], null],
    ["one interface less with subnets for pods", PODS_APART, ["m6i.large"], 20],
    ["as many as there are addresses", PODS_APART, ["m6i.4xlarge"], 205],
    ["what EKS recommends with prefixes", PREFIXES, ["m6i.large"], 110],
    ["more of them from 30 vCPUs on", PREFIXES, ["m6i.8xlarge"], 250],
    ["what prefixes hold where that is less", PREFIXES, ["t3.nano"], 34],
    ["what prefixes hold with subnets for pods", BOTH, ["t3.nano"], 18],
    ["single addresses where there are no prefixes", PREFIXES, ["m4.large"], 20],
    ["what EKS recommends with IPv6", IPV6, ["t3.nano"], 110],
    ["more of it from 30 vCPUs on", IPV6, ["m6i.8xlarge"], 250],
    ["the least of several types", PODS_APART, ["m6i.4xlarge", "m6i.large"], 20],
    ["nothing where a type is not known", PODS_APART, ["m6i.large", "m99.large"], null],
  ])("%s", (_, tfvars, instance_types, expected) => {
    expect(told(tfvars, { instance_types })).toBe(expected);
  });

  test.each<[string, Part<Worker>, number | null]>([
    ["a limit of the group's own", { kubelet: { max_pods: 58 } }, 58],
    ["a limit of a managed group's own", { kind: "managed", kubelet: { max_pods: 58 } }, 58],
    ["a managed group, which EKS tells", { kind: "managed" }, null],
    ["a managed group of a custom image", { ...CUSTOM, kind: "managed" }, 20],
    ["Bottlerocket", { ami_type: "BOTTLEROCKET_x86_64" }, 20],
    ["Windows", WINDOWS, null],
    [
      "a launch template that exists",
      { ...CUSTOM, kind: "managed", launch_template: { id: "lt-01234567", version: 1 } },
      null,
    ],
    [
      "types that are described",
      { instance_requirements: { vcpu_count: { min: 2 }, memory_mib: { min: 1024 } } },
      null,
    ],
    ["node_config with the limit", { node_config: { kubelet: { config: { maxPods: 12 } } } }, null],
    ["node_config with an expression", { node_config: { kubelet: { maxPodsExpression: "max_pods - 9" } } }, null],
    ["node_config with a flag", { node_config: { kubelet: { flags: ["--v=2", "--max-pods=12"] } } }, null],
    [
      "node_config with something else",
      { node_config: { kubelet: { config: { podPidsLimit: 99 }, flags: ["--v=2"] } } },
      20,
    ],
  ])("with subnets for pods: %s", (_, group, expected) => {
    expect(told(PODS_APART, group)).toBe(expected);
  });

  test("subnets for pods that are not used yet", () => {
    expect(told({ ...PODS_APART, cluster: { vpc_cni: { custom_networking: false } } })).toBeNull();
  });

  test("another CNI", () => {
    expect(told({ ...PODS_APART, cluster: { vpc_cni: { enabled: false } } })).toBeNull();
  });
});

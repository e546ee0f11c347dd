import { problemsIn, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

describe("capacity for CoreDNS and the controllers", () => {
  test("refuses a cluster whose groups all have taints", () => {
    expect(problemsIn({ worker: "taints: [{ key: a, value: b, effect: NoSchedule }]" })).toEqual([
      "7:5 tfvars.workers: has no group without a NoSchedule or NoExecute taint, so CoreDNS and the controllers cannot run. Remove these taints from one group",
    ]);
  });

  test.each([
    ["workers is missing", "", "4:3"],
    ["workers is empty", "\n  workers: []", "6:12"],
  ])("reports a cluster without groups in its own file if %s", (_, workers, place) => {
    const yaml = `meta:\n  CLUSTER_NAME: a.example.com\ntfvars:\n  common:\n    aws_region: us-east-1${workers}\n`;

    expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([
      `clusters/a.example.com.yaml:${place} tfvars.workers: has no group, so no pods can run. Add a group, such as \`- name: general\``,
    ]);
  });
});

const NO_FIRST =
  "leaves the cluster without a first node, so CoreDNS and the controllers, which would add nodes, never run. Set min_size of a group of Linux nodes without taints to 1 or more, or desired_size: 1, which only a new group uses";
const NO_DESIRED =
  "leaves the cluster without a first node, so CoreDNS and the controllers, which would add nodes, never run. Set desired_size of a group of Linux nodes without taints to 1 or more";
const KARPENTER = "karpenter_enabled: true\ncluster_autoscaler_enabled: false";
const WINDOWS =
  "- { name: windows, ami_type: WINDOWS_CORE_2022_x86_64, root_volume: { size_gib: 100 }, taints: [{ key: os, value: windows, effect: NoSchedule }] }";

describe("the first node", () => {
  testReports({
    "is missing if all groups start at 0 and wait for the autoscaler": {
      worker: "min_size: 0",
      workers: "- { name: other, min_size: 0 }",
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing in groups of fixed size 0": {
      worker: "autoscaling: false\nmin_size: 0\ndesired_size: 0",
      reports: [`10:21 tfvars.workers[general].desired_size: ${NO_DESIRED}`],
    },
    "is missing without an autoscaler": {
      worker: "min_size: 0",
      addons: "cluster_autoscaler_enabled: false",
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing if only Windows nodes start": {
      worker: "min_size: 0",
      workers: WINDOWS,
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing if only a tainted group starts": {
      worker: "min_size: 0",
      workers: "- { name: other, taints: [{ key: a, value: b, effect: NoSchedule }] }",
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing for Karpenter too": {
      worker: "min_size: 0",
      addons: KARPENTER,
      node_pools: "- { name: p, limits: { vcpus: 10 } }",
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing if a schedule starts it": {
      worker: `min_size: 0
scheduled_scaling: [{ name: morning, recurrence: "0 8 * * 1", time_zone: Etc/UTC, min_size: 1 }]`,
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is in a new group that starts with desired_size": { worker: "min_size: 0\ndesired_size: 1", reports: [] },
    "is in any of the groups": { worker: "min_size: 0", workers: "- name: other", reports: [] },
    "is EKS Auto Mode's": {
      worker: "min_size: 0",
      cluster: "auto_mode: { enabled: true, node_pools: [general-purpose] }",
      reports: [],
    },
    "is on Fargate if CoreDNS is": {
      worker: "min_size: 0",
      fargate_profiles: "- { name: all, selectors: [{ namespace: kube-system, labels: { k8s-app: kube-dns } }] }",
      reports: [],
    },
  });
});

describe("nodes with the taint CriticalAddonsOnly", () => {
  const worker = 'taints: [{ key: CriticalAddonsOnly, value: "true", effect: NoSchedule }]';
  const pool = (taints: string): string => `- { name: p, limits: { vcpus: 10 }, taints: [${taints}] }`;
  const TAINTED =
    "7:5 tfvars.workers: has no group without a NoSchedule or NoExecute taint. CoreDNS tolerates CriticalAddonsOnly, but pods of teams and of some addons do not. Remove the taint from one group, or add a node pool of Karpenter without taints";
  testReports({
    "are enough for the platform if Karpenter creates nodes for other pods": {
      worker,
      addons: KARPENTER,
      node_pools: pool(""),
      reports: [],
    },
    "are not enough if Karpenter's nodes have taints too": {
      worker,
      addons: KARPENTER,
      node_pools: pool("{ key: a, value: b, effect: NoSchedule }"),
      reports: [TAINTED],
    },
    "are not enough without Karpenter": { worker, reports: [TAINTED] },
  });
});

import { problemsIn, testReports } from "../../../support/definition";
import { problemsOf, SMALLEST } from "../../../support/definitions";
import { testGroup } from "../../../support/worker-problems";

describe("capacity for CoreDNS and the controllers", () => {
  test("accepts a cluster whose groups all have taints if hybrid nodes can run them", () => {
    const cluster = "remote_networks: { node_cidrs: [10.61.0.0/16] }";
    expect(problemsIn({ worker: "taints: [{ key: a, value: b, effect: NoSchedule }]", cluster })).toEqual([]);
  });

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

const KARPENTER = "karpenter_enabled: true\ncluster_autoscaler_enabled: false";

describe("nodes with the taint CriticalAddonsOnly", () => {
  const worker = 'min_size: 2\ntaints: [{ key: CriticalAddonsOnly, value: "true", effect: NoSchedule }]';
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

test("accepts a cluster without nodes where no addon has to run", () => {
  const addons = [
    "coredns",
    "aws_ebs_csi_driver",
    "metrics_server",
    "cluster_autoscaler",
    "aws_load_balancer_controller",
  ];
  const off = addons.map((addon) => `    ${addon}_enabled: false\n`).join("");
  const yaml = `${SMALLEST.replace("  workers:\n    - name: general\n", "")}  addons:\n${off}`;

  expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([]);
});

testGroup({
  "refuses a taint twice": [
    "taints: [{ key: a, value: b, effect: NoSchedule }, { key: a, value: c, effect: NoSchedule }]",
    "taints[1]: repeats the taint a:NoSchedule. Remove one of them",
  ],
});

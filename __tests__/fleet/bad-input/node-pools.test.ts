import { problemsOf, SMALLEST } from "../../support/definitions";

/** What is wrong with one pool of a cluster that has Karpenter. */
function poolProblems(
  pool: string,
  addons = "    karpenter_enabled: true\n    cluster_autoscaler_enabled: false\n",
): string[] {
  return problemsOf({
    "clusters/a.example.com.yaml": `${SMALLEST}  addons:\n${addons}  node_pools:\n    - name: p\n${pool}`,
  }).map((text) => text.replace(/^clusters\/a\.example\.com\.yaml:/, ""));
}

const LIMITS = "      limits: { vcpus: 10 }\n";

test.each([
  ["nothing", LIMITS, []],
  [
    "no limits",
    "",
    [
      expect.stringMatching(
        /tfvars\.node_pools\[p\]\.limits: needs vcpus or memory_gib: without a limit, a mistake in one Deployment buys nodes without end/,
      ),
    ],
  ],
  [
    "bounds that leave nothing",
    `${LIMITS}      min_vcpus: 8\n      max_vcpus: 4\n`,
    ["15:18 tfvars.node_pools[p].max_vcpus: must be at least min_vcpus (8), got 4"],
  ],
  [
    "half a window",
    `${LIMITS}      disruption_budgets: [{ nodes: "0", schedule: 0 8 * * * }]\n`,
    [
      "14:28 tfvars.node_pools[p].disruption_budgets[0]: has no duration: schedule says when it begins to hold, duration for how long",
    ],
  ],
  [
    "a share that is none",
    `${LIMITS}      disruption_budgets: [{ nodes: some }]\n`,
    [
      '14:37 tfvars.node_pools[p].disruption_budgets[0].nodes: must be a number or a share of nodes in quotes, such as 10% or 3, got "some"',
    ],
  ],
  [
    "requirements that compare with nothing, or with too much",
    `${LIMITS}      requirements:
        - { key: example.com/a, operator: In }
        - { key: example.com/b, operator: Gt, values: [many] }
        - { key: example.com/c, operator: Exists, values: ["1"] }
`,
    [
      "15:11 tfvars.node_pools[p].requirements[0]: has no values: In compares with at least one",
      "16:11 tfvars.node_pools[p].requirements[1]: must have one whole number as its values: Gt compares with it",
      "17:11 tfvars.node_pools[p].requirements[2]: has values, which Exists does not take: remove them",
    ],
  ],
  [
    "a zone elsewhere",
    `${LIMITS}      availability_zones: [us-east-1z]\n`,
    [
      '14:28 tfvars.node_pools[p].availability_zones[0]: "us-east-1z" is not a zone of the cluster\'s network, did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
    ],
  ],
])("%s", (_, pool, problems) => {
  expect(poolProblems(pool)).toEqual(problems);
});

test("a pool that nobody runs", () => {
  expect(poolProblems(LIMITS, "    coredns_enabled: true\n")).toEqual([
    expect.stringContaining(
      "tfvars.node_pools[p].kind: needs the addon that makes its nodes: set addons.karpenter_enabled: true",
    ),
  ]);
});

test("two autoscalers on the same nodes", () => {
  expect(poolProblems(LIMITS, "    karpenter_enabled: true\n    cluster_autoscaler_enabled: true\n")).toEqual([
    "10:33 tfvars.addons.cluster_autoscaler_enabled: cannot run beside karpenter on general: both would make nodes for the same pods; set cluster_autoscaler_enabled: false, or autoscaling: false or a taint on general",
  ]);
});

test("a pool of Auto Mode where there is none, and what only Karpenter has", () => {
  const auto = `${LIMITS}      kind: auto_mode\n`;
  expect(poolProblems(auto)).toEqual([
    "14:13 tfvars.node_pools[p].kind: needs cluster.auto_mode with enabled: true and custom_node_classes: true",
  ]);
  expect(
    poolProblems(
      `${auto}      max_pods: 50\n      instance_store_policy: RAID0\n  cluster:\n    auto_mode: { enabled: true, custom_node_classes: true }\n`,
      "    coredns_enabled: true\n",
    ).filter((problem) => problem.includes("node_pools")),
  ).toEqual([
    "14:17 tfvars.node_pools[p].max_pods: is Karpenter's only, and EKS Auto Mode decides it itself: remove it",
    "15:30 tfvars.node_pools[p].instance_store_policy: is Karpenter's only, and EKS Auto Mode decides it itself: remove it",
  ]);
});

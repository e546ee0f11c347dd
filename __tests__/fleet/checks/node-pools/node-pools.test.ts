import { problemsOf, SMALLEST } from "../../../support/definitions";

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
    "subnets without a way out",
    `${LIMITS}      subnet_tier: intra\n`,
    [
      "14:20 tfvars.node_pools[p].subnet_tier: leaves nodes without a way to ec2, ecr.api, ecr.dkr, eks-auth, sts: they could neither join nor pull an image. Take private, name endpoints of those in interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
    ],
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
    "requirements that Karpenter's CRD refuses",
    `${LIMITS}      requirements:
        - { key: kubernetes.io/hostname, operator: Exists }
        - { key: karpenter.sh/nodepool, operator: Exists }
        - { key: karpenter.k8s.aws/instance-familly, operator: Exists }
        - { key: karpenter.k8s.aws/x, operator: Exists }
        - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i], min_values: 2 }
        - { key: example.com/instance-family, operator: In, values: [m7i, m7a], min_values: 2 }
`,
    [
      "15:18 tfvars.node_pools[p].requirements[0].key: is a node of its own for each value: a pool asks for kinds of nodes only",
      "16:18 tfvars.node_pools[p].requirements[1].key: is a label that Karpenter gives, and none that it compares: remove it",
      '17:18 tfvars.node_pools[p].requirements[2].key: is not a label of instance types. Did you mean "karpenter.k8s.aws/instance-family"?',
      "18:18 tfvars.node_pools[p].requirements[3].key: is not a label of instance types: see karpenter.sh/docs/concepts/scheduling",
      "19:94 tfvars.node_pools[p].requirements[4].min_values: must be at most 1, as many as there are values",
    ],
  ],
  [
    "a zone elsewhere",
    `${LIMITS}      availability_zones: [us-east-1z]\n`,
    [
      '14:28 tfvars.node_pools[p].availability_zones[0]: "us-east-1z" is not a zone of the cluster\'s network. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
    ],
  ],
  [
    "what the controllers say themselves",
    `${LIMITS}      labels: { karpenter.sh/team: x }
      tags: { karpenter.sh/nodepool: x, Team: y }
      requirements:
        - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
        - { key: kubernetes.io/os, operator: In, values: [windows] }
`,
    [
      "14:36 tfvars.node_pools[p].labels.karpenter.sh/team: is a label that Karpenter gives: say it in requirements, or take a prefix of your own",
      "15:38 tfvars.node_pools[p].tags.karpenter.sh/nodepool: is a tag that the pool's controller gives: remove it",
      "17:18 tfvars.node_pools[p].requirements[0].key: is what capacity_types says: say it there",
      "18:18 tfvars.node_pools[p].requirements[1].key: is always linux in a pool: remove it",
    ],
  ],
  [
    "a disk that EBS does not make",
    `${LIMITS}      root_volume: { size_gib: 20, iops: 12000, throughput_mib: 1000 }\n`,
    [
      "14:42 tfvars.node_pools[p].root_volume.iops: must be at most 10000 for gp3 of 20 GiB, got 12000: take fewer, or more size_gib",
    ],
  ],
  [
    "a rate without the operations for it",
    `${LIMITS}      root_volume: { throughput_mib: 1000 }\n`,
    ["14:38 tfvars.node_pools[p].root_volume.throughput_mib: must be at most 750, a quarter of iops, got 1000"],
  ],
  [
    "something twice",
    `${LIMITS}      capacity_types: [spot, spot]
      taints: [{ key: a, value: b, effect: NoSchedule }, { key: a, value: c, effect: NoSchedule }]
`,
    [
      "14:30 tfvars.node_pools[p].capacity_types[1]: names spot twice: name each once",
      "15:58 tfvars.node_pools[p].taints[1]: is the second taint a:NoSchedule: keep one",
    ],
  ],
  [
    "more than all nodes at once",
    `${LIMITS}      disruption_budgets: [{ nodes: 101% }]\n`,
    [
      '14:37 tfvars.node_pools[p].disruption_budgets[0].nodes: must be a number or a share of nodes in quotes, such as 10% or 3, got "101%"',
    ],
  ],
  [
    "a local zone",
    `${LIMITS}      availability_zones: [us-east-1-atl-1a]\n  networking: { local_zones: [us-east-1-atl-1a] }\n`,
    [],
  ],
])("%s", (_, pool, problems) => {
  expect(poolProblems(pool)).toEqual(problems);
});

test("pools beside those of Auto Mode", () => {
  const auto =
    "    - { name: general-purpose, limits: { vcpus: 10 } }\n    - { name: default, kind: auto_mode, limits: { vcpus: 10 }, expire_after: Never }\n";
  expect(
    poolProblems(`${LIMITS}${auto}  cluster:\n    auto_mode: { enabled: true, custom_node_classes: true }\n`),
  ).toEqual([
    "14:15 tfvars.node_pools[general-purpose].name: is a NodePool of EKS Auto Mode's own: take another name",
    "15:15 tfvars.node_pools[default].name: is the NodeClass of EKS Auto Mode's own: take another name",
    "15:78 tfvars.node_pools[default].expire_after: must be at most 504h for a pool of Auto Mode, which replaces every node by then, got Never",
  ]);
});

test("labels of the other kind of pool", () => {
  const pools = `${LIMITS}      requirements:
        - { key: eks.amazonaws.com/instance-family, operator: In, values: [m7i, m7a] }
        - { key: eks.amazonaws.com/capacity-reservation-interruptible, operator: Exists }
        - { key: eks.amazonaws.com/my-label, operator: Exists }
    - name: q
      kind: auto_mode
${LIMITS}      requirements:
        - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, m7a] }
        - { key: karpenter.k8s.aws/ec2nodeclass, operator: Exists }
        - { key: eks.amazonaws.com/instance-cpu, operator: Gt, values: ["4"] }
  cluster:
    auto_mode: { enabled: true, custom_node_classes: true }
`;
  expect(poolProblems(pools)).toEqual([
    "15:18 tfvars.node_pools[p].requirements[0].key: is a label of Auto Mode's, and Karpenter chooses no instances by it: write karpenter.k8s.aws/instance-family",
    "16:18 tfvars.node_pools[p].requirements[1].key: is a label of Auto Mode's, and Karpenter chooses no instances by it: write karpenter.k8s.aws/capacity-reservation-interruptible",
    "22:18 tfvars.node_pools[q].requirements[0].key: is a label of Karpenter's, and no node of Auto Mode has it: write eks.amazonaws.com/instance-family",
    "23:18 tfvars.node_pools[q].requirements[1].key: is a label of Karpenter's, and no node of Auto Mode has it: remove it",
  ]);
});

test("an image where Auto Mode brings its own", () => {
  expect(
    poolProblems(
      `${LIMITS}      kind: auto_mode\n      ami_family: Bottlerocket\n  cluster:\n    auto_mode: { enabled: true, custom_node_classes: true }\n`,
      "    coredns_enabled: true\n",
    ),
  ).toEqual([
    "14:19 tfvars.node_pools[p].ami_family: is Karpenter's only, and EKS Auto Mode decides it itself: remove it",
  ]);
});

test.each([
  [
    "eu-west-1",
    [
      "14:13 tfvars.node_pools[p].fips: is for regions of the United States and Canada, which have images for it, and the nodes run in eu-west-1: remove it",
    ],
  ],
  ["ca-central-1", []],
])("images for FIPS in %s", (region, problems) => {
  const yaml = `${SMALLEST.replace("us-east-1", region)}  cluster:
    auto_mode: { enabled: true, custom_node_classes: true }
  node_pools:
    - name: p
      kind: auto_mode
      limits: { vcpus: 10 }
      fips: true
`;
  expect(
    problemsOf({ "clusters/a.example.com.yaml": yaml }).map((text) =>
      text.replace(/^clusters\/a\.example\.com\.yaml:/, ""),
    ),
  ).toEqual(problems);
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

test.each<[string, string, readonly string[]]>([
  [
    "reserved capacity that is none",
    "capacity_types: [reserved]",
    ["capacity_types: names reserved, and no reservation: list some in capacity_reservations, or remove it"],
  ],
  [
    "reservations that are not taken, and said twice",
    "capacity_reservations: [{ id: cr-0123456789abcdef0, tags: { a: b } }]",
    [
      "capacity_reservations: has no effect without reserved in capacity_types: add it there",
      "capacity_reservations[0]: must have one of id and tags, by which the reservation is found",
    ],
  ],
  [
    "a public address in private subnets",
    "associate_public_ip_address: true",
    [
      "associate_public_ip_address: is of no use in private subnets, to which nothing routes from the internet: remove it, or set subnet_tier: public",
    ],
  ],
  [
    "public subnets without an address",
    "subnet_tier: public",
    [
      "subnet_tier: is public, and without a public address its nodes reach no registry and no AWS API: set associate_public_ip_address: true",
    ],
  ],
  [
    "metadata for every pod",
    "metadata_options: { http_put_response_hop_limit: 2 }",
    [
      "warning: metadata_options.http_put_response_hop_limit: lets every pod of the pool have its nodes' role, got 2: give pods a role of their own by Pod Identity, and leave it at 1",
    ],
  ],
  [
    "a script for Bottlerocket",
    "ami_family: Bottlerocket, pre_bootstrap_script: echo, node_config: { kubelet: {} }",
    [
      "pre_bootstrap_script: cannot run: Bottlerocket has no shell. Say it in bottlerocket_settings, or run an image by bottlerocket_settings.bootstrap-containers",
      "node_config: has no effect here: nodeadm is part of AL2023, and not of Bottlerocket, which has bottlerocket_settings",
    ],
  ],
  [
    "settings that Bottlerocket does not have",
    "ami_family: Bottlerocket, bottlerocket_settings: { kernal: {} }",
    ['bottlerocket_settings.kernal: is no setting of Bottlerocket. Did you mean "kernel"?'],
  ],
  [
    "settings that an image of one's own may have",
    "ami_family: Bottlerocket, ami_ids: [ami-0123456789abcdef0], bottlerocket_settings: { kernal: {} }",
    [],
  ],
  [
    "settings of Bottlerocket for AL2023",
    "bottlerocket_settings: { motd: hi }",
    ["bottlerocket_settings: has no effect here: it is read by Bottlerocket only"],
  ],
  [
    "a key of another region, and a device of the image's own",
    "root_volume: { kms_key_arn: 'arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef' }, data_volumes: [{ name: a, device_name: /dev/xvdb, size_gib: 10, volume_type: io1, delete_on_termination: true }]",
    [
      "root_volume.kms_key_arn: is a key of eu-west-1, and the volumes are in us-east-1: name one of that region",
      "data_volumes[a].iops: is missing: io1 is bought by its operations a second",
    ],
  ],
  [
    "soft evictions without patience",
    "kubelet: { eviction_soft: { memory.available: 1Gi } }",
    [
      'kubelet.eviction_soft.memory.available: needs eviction_soft_grace_period."memory.available": without it the kubelet does not start',
    ],
  ],
  [
    "what is Auto Mode's",
    "snat_policy: Disabled, fips: true",
    [
      "snat_policy: is EKS Auto Mode's only: remove it, or set kind: auto_mode",
      "fips: is EKS Auto Mode's only: remove it, or set kind: auto_mode",
    ],
  ],
  [
    "a window in seconds",
    'disruption_budgets: [{ nodes: "0", schedule: 0 8 * * *, duration: 90s }]',
    ['disruption_budgets[0].duration: must be a duration in hours and minutes, such as 9h or 1h30m, got "90s"'],
  ],
])("a class of nodes with %s", (_what, settings, problems) => {
  const yaml = `${SMALLEST}  addons: { karpenter_enabled: true, cluster_autoscaler_enabled: false }
  node_pools:
    - { name: p, limits: { vcpus: 10 }, ${settings} }
`;

  expect(
    problemsOf({ "clusters/a.example.com.yaml": yaml }).map((text) =>
      text.replace(/^\S+ /, "").replace("tfvars.node_pools[p].", ""),
    ),
  ).toEqual(problems);
});

describe("requirements that exclude each other", () => {
  const family = (...values: readonly string[]) => need("instance-family", "In", ...values);
  const need = (name: string, operator: string, ...values: readonly string[]) =>
    `{ key: karpenter.k8s.aws/${name}, operator: ${operator}, values: [${values.map((value) => `"${value}"`).join(", ")}] }`;
  const type = (...values: readonly string[]) =>
    `{ key: node.kubernetes.io/instance-type, operator: In, values: [${values.join(", ")}] }`;
  const never = (others: string) =>
    `leaves no instance type together with ${others}, and the pool would never make a node: change one of them`;
  const CATEGORIES = "instance_categories (c, m, r)";

  test.each<[string, string, readonly string[]]>([
    ["a family of another category", family("t3"), [`requirements[0]: ${never(CATEGORIES)}`]],
    [
      "a type of another category, larger than all of the pool",
      type("p5.48xlarge"),
      [`requirements[0]: ${never(`${CATEGORIES} and limits.vcpus (10)`)}`],
    ],
    ["another category", need("instance-category", "In", "t"), [`requirements[0]: ${never(CATEGORIES)}`]],
    [
      "an old generation",
      need("instance-generation", "In", "2"),
      [`requirements[0]: ${never("instance_generation_greater_than (2)")}`],
    ],
    [
      "the same in and out",
      `${family("m6i")}, ${need("instance-family", "NotIn", "m6i", "m5")}`,
      [`requirements[1]: ${never("requirements[0] (karpenter.k8s.aws/instance-family In m6i)")}`],
    ],
    [
      "one after the other out",
      `${family("m6i", "m5")}, ${need("instance-family", "NotIn", "m6i")}, ${need("instance-family", "NotIn", "m5")}`,
      [
        `requirements[2]: ${never("requirements[0] (karpenter.k8s.aws/instance-family In m6i, m5) and requirements[1] (karpenter.k8s.aws/instance-family NotIn m6i)")}`,
      ],
    ],
    [
      "nothing between two bounds",
      `${need("instance-memory", "Gt", "4095")}, ${need("instance-memory", "Lt", "4096")}`,
      [`requirements[1]: ${never("requirements[0] (karpenter.k8s.aws/instance-memory Gt 4095)")}`],
    ],
    [
      "a label of one's own that is there and is not",
      "{ key: example.com/a, operator: Exists }, { key: example.com/a, operator: DoesNotExist }",
      [`requirements[1]: ${never("requirements[0] (example.com/a Exists)")}`],
    ],
    [
      "a type of another family",
      `${type("m6i.large")}, ${family("m5")}`,
      [`requirements[0]: ${never("requirements[1] (karpenter.k8s.aws/instance-family In m5)")}`],
    ],
    [
      "sizes that the families have not yet",
      `${family("c6g", "m6i")}, ${need("instance-size", "In", "3xlarge")}`,
      [`warning: requirements[0]: ${never("requirements[1] (karpenter.k8s.aws/instance-size In 3xlarge)")}`],
    ],
    ["families and types newer than the list", `${family("m99x")}, ${type("t99.large")}`, []],
    ["a family beside a newer one", family("t3", "m99x"), []],
    ["a family that fits, beside one that does not", family("t3", "m6i"), []],
    ["keys of which nothing is known", `${family("m6i")}, ${need("instance-memory", "Gt", "999999999")}`, []],
    ["bare metal, whose vCPUs are not known", type("m6i.metal"), []],
    ["a size that may have one vCPU", `${type("c7a.medium")}, ${need("instance-cpu", "In", "1")}`, []],
    ["values out that leave others", `${family("m6i")}, ${need("instance-family", "NotIn", "m5")}`, []],
  ])("%s", (_what, requirements, problems) => {
    expect(said(`requirements: [${requirements}]`)).toEqual(problems);
  });

  test.each<[string, string, readonly string[]]>([
    ["more vCPUs of an instance than of the pool", "min_vcpus: 16", [`min_vcpus: ${never("limits.vcpus (10)")}`]],
    ["as many vCPUs of an instance as of the pool", "min_vcpus: 10", []],
    [
      "the other architecture",
      `architectures: [arm64], requirements: [${family("m6i")}]`,
      [`requirements[0]: ${never("architectures (arm64)")}`],
    ],
    [
      "two keys that do it together",
      `architectures: [arm64], instance_categories: [m], requirements: [${family("m6i", "c6g")}]`,
      [`requirements[0]: ${never("architectures (arm64) and instance_categories (m)")}`],
    ],
    [
      "a type of fewer vCPUs",
      `min_vcpus: 8, requirements: [${type("m6i.large", "m6i.xlarge")}]`,
      [`requirements[0]: ${never("min_vcpus (8)")}`],
    ],
  ])("%s", (_what, keys, problems) => {
    expect(said(keys)).toEqual(problems);
  });

  function said(keys: string): string[] {
    const yaml = `${SMALLEST}  addons: { karpenter_enabled: true, cluster_autoscaler_enabled: false }
  node_pools:
    - { name: p, limits: { vcpus: 10 }, ${keys} }
`;
    return problemsOf({ "clusters/a.example.com.yaml": yaml }).map((text) =>
      text.replace(/^\S+ (warning: )?tfvars\.node_pools\[p\]\./, "$1"),
    );
  }
});

import { problemsOf, SMALLEST } from "../../../support/definitions";

const cluster = (more: string): string[] => problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${more}` });

test("a subnet that runs out before the groups are full", () => {
  expect(
    cluster(`      instance_type: m6i.large
      max_size: 30
    - name: other
      max_size: 3
  networking:
    vpc_cidr: 10.0.0.0/22
`),
  ).toEqual([
    "clusters/a.example.com.yaml:9:17 tfvars.workers[general].max_size: subnet private of us-east-1a (10.0.0.0/26) runs out first: with every group at its max_size and rolling, nodes and pods hold 370 addresses there, and it has 59; 18 of 319 pods get one; take a smaller max_size or kubelet.max_pods, a shorter subnet_prefix_lengths.private, or pods in subnets of their own (pod in subnet_tiers)",
  ]);
});

test("a subnet that is too small for what is always in it", () => {
  const told = (networking: string) => cluster(`  networking:\n    ${networking}\n`);

  expect(
    told(
      "{ vpc_cidr: 10.0.0.0/20, subnet_prefix_lengths: { intra: 28 }, interface_endpoints: [sts, sqs, ssm, ec2, eks, logs] }",
    ),
  ).toEqual([
    "clusters/a.example.com.yaml:9:62 tfvars.networking.subnet_prefix_lengths.intra: subnet intra of us-east-1a (10.0.12.0/28) runs out first: the control plane, interface endpoints and connections hold 12 addresses there, and it has 11; take a shorter subnet_prefix_lengths.intra, or a larger vpc_cidr",
  ]);
  expect(
    told("{ vpc_cidr: 10.0.0.0/22, nat_gateways: none, private: true }").filter((text) => !text.includes("warning")),
  ).toEqual([
    "clusters/a.example.com.yaml:9:17 tfvars.networking.vpc_cidr: subnet intra of us-east-1a (10.0.3.0/28) runs out first: the control plane, interface endpoints and connections hold 18 addresses there, and it has 11; take a shorter subnet_prefix_lengths.intra, or a larger vpc_cidr",
  ]);
});

test("a group in public subnets, which are small: a warning", () => {
  expect(
    cluster(`      instance_type: m6i.large
      max_size: 30
      subnet_tier: public
      associate_public_ip_address: true
`),
  ).toEqual([
    "clusters/a.example.com.yaml:9:17 warning: tfvars.workers[general].max_size: subnet public of us-east-1a (10.0.128.0/24) runs out first: with every group at its max_size and rolling, nodes and pods hold 320 addresses there, and it has 251; 223 of 290 pods get one; take a smaller max_size or kubelet.max_pods, a shorter subnet_prefix_lengths.public, or pods in subnets of their own (pod in subnet_tiers)",
  ]);
});

test("node pools that subnets are too small for are a warning, because Karpenter picks what it takes", () => {
  expect(
    cluster(`  networking: { vpc_cidr: 10.0.0.0/20 }
  node_pools:
    - { name: batch, min_vcpus: 96, max_vcpus: 96, limits: { vcpus: 960 } }
  addons: { karpenter_enabled: true, cluster_autoscaler_enabled: false }
`).filter((text) => text.includes("hold at least")),
  ).toEqual([
    "clusters/a.example.com.yaml:10:5 warning: tfvars.node_pools: at their limits, full of pods, hold at least 2,500 addresses in subnet private of us-east-1a (10.0.0.0/24), and it has 201 beside all else: lower limits.vcpus or max_pods, or take larger subnets",
  ]);
});

test("what is enough is enough", () => {
  expect(
    cluster(`      instance_type: m6i.large
      max_size: 30
      kubelet: { max_pods: 8 }
  networking:
    vpc_cidr: 10.0.0.0/20
`),
  ).toEqual([]);
});

test("an instance type with a slip", () => {
  expect(cluster("      instance_type: m6i.larg\n")).toEqual([
    'clusters/a.example.com.yaml:8:22 warning: tfvars.workers[general].instance_type: "m6i.larg" is in no list of August 2026. Did you mean "m6i.large"?',
  ]);
});

describe("The subnets of a group", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "that are not there",
      "      subnet_tier: public\n      associate_public_ip_address: true\n  networking: { subnet_tiers: [private, intra], nat_gateways: none }\n",
      [
        "8:20 tfvars.workers[general].subnet_tier: the network has no public subnets. Add public to networking.subnet_tiers, or use another tier",
      ],
    ],
    [
      "that a private network never has",
      "      subnet_tier: public\n      associate_public_ip_address: true\n  networking: { private: true, nat_gateways: none }\n",
      ["8:20 tfvars.workers[general].subnet_tier: a private network has no public subnets. Use another tier"],
    ],
    [
      "of one zone twice",
      "      availability_zones: [us-east-1a, us-east-1a]\n",
      ["8:40 tfvars.workers[general].availability_zones[1]: names us-east-1a twice: name each zone once"],
    ],
    [
      "that local zones do not have",
      "      subnet_tier: intra\n      availability_zones: [us-east-1-atl-1a]\n  networking: { local_zones: [us-east-1-atl-1a], interface_endpoints: [ec2, ecr.api, ecr.dkr, eks-auth, sts] }\n",
      [
        "8:20 tfvars.workers[general].subnet_tier: the network has no intra subnet in us-east-1-atl-1a: take private, or other availability_zones",
      ],
    ],
    [
      "that the VPC has in no local zone",
      `      subnet_tier: public
      associate_public_ip_address: true
      availability_zones: [us-east-1-atl-1a]
  networking:
    local_zones: [us-east-1-atl-1a]
    availability_zones: [us-east-1a, us-east-1b]
    existing_vpc:
      vpc_id: vpc-0a1b2c3d4e5f60718
      subnet_tags: { private: { Network: data } }
      subnet_ids: { public: { us-east-1a: subnet-0a1b2c3d4e5f60001, us-east-1b: subnet-0a1b2c3d4e5f60002 } }
`,
      [
        "8:20 tfvars.workers[general].subnet_tier: the network has no public subnet in us-east-1-atl-1a: take private, or other availability_zones",
      ],
    ],
    [
      "with an address that nothing routes to",
      "      associate_public_ip_address: true\n",
      [
        "8:36 tfvars.workers[general].associate_public_ip_address: is of no use in private subnets, to which nothing routes from the internet: remove it, or set subnet_tier: public",
      ],
    ],
    [
      "with no way out",
      "      subnet_tier: public\n",
      [
        "8:20 tfvars.workers[general].subnet_tier: is public, and without a public address its nodes reach no registry and no AWS API: set associate_public_ip_address: true",
      ],
    ],
  ])("%s", (_, lines, problems) => {
    const told = cluster(lines).map((text) => text.replace(/^clusters\/a\.example\.com\.yaml:/, ""));

    expect(told.filter((text) => text.includes("tfvars.workers"))).toEqual(problems);
  });

  test("two keys for SSH", () => {
    expect(
      cluster(
        "      additional_security_group_ids: [sg-0123456789abcdef0]\n      key_name: mine\n      public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample me@host\n",
      ),
    ).toEqual([
      "clusters/a.example.com.yaml:10:19 tfvars.workers[general].public_key: makes a key pair where key_name names one: keep one of them",
    ]);
  });
});

test("a control plane alone, where no addon has to run", () => {
  const off = [
    "coredns",
    "aws_ebs_csi_driver",
    "metrics_server",
    "cluster_autoscaler",
    "aws_load_balancer_controller",
  ].map((addon) => `    ${addon}_enabled: false\n`);

  expect(
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST.replace("  workers:\n    - name: general\n", "")}  addons:\n${off.join("")}`,
    }),
  ).toEqual([]);
});

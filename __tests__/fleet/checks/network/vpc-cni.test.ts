import { messagesIn, testMessages, testReports } from "../../../support/definition";

const EXISTING_VPC = `availability_zones: [us-east-1a, us-east-1b]
existing_vpc: { vpc_id: vpc-0123456789abcdef0, subnet_tags: { private: { Tier: private } } }`;

describe("a variable of the CNI that is a switch", () => {
  const variable = (text: string): string =>
    `vpc_cni: { external_snat: true, values: { env: { AWS_VPC_K8S_CNI_EXTERNALSNAT: "${text}" } } }`;
  const AT = "tfvars.cluster.vpc_cni.values.env.AWS_VPC_K8S_CNI_EXTERNALSNAT";
  testMessages({
    ...Object.fromEntries(
      ["1", "t", "T", "true", "True", "TRUE"].map((text) => [
        `can have the value ${text} for true`,
        { cluster: variable(text), reports: [] },
      ]),
    ),
    ...Object.fromEntries(
      ["0", "f", "F", "false", "False", "FALSE"].map((text) => [
        `overrides a key that is true with ${text}`,
        {
          cluster: variable(text),
          reports: [
            `warning: ${AT}: overrides cluster.vpc_cni.external_snat, which is true. Remove it and set cluster.vpc_cni.external_snat`,
          ],
        },
      ]),
    ),
    "must not have another value": {
      cluster: variable("yes"),
      reports: [`${AT}: must be "true" or "false", but is "yes". The add-on would use its default`],
    },
  });
});

describe("a variable of the CNI that is no switch", () => {
  const variable = (text: string): string =>
    `vpc_cni: { minimum_ip_target: 3, values: { env: { MINIMUM_IP_TARGET: ${text} } } }`;
  testMessages({
    "can have any text": {
      cluster: 'vpc_cni: { values: { env: { AWS_VPC_K8S_CNI_LOGLEVEL: "yes", MINIMUM_IP_TARGET: "3" } } }',
      reports: [],
    },
    "can repeat the number of its key": { cluster: variable('"3"'), reports: [] },
    "overrides its key with another number": {
      cluster: variable('"4"'),
      reports: [
        "warning: tfvars.cluster.vpc_cni.values.env.MINIMUM_IP_TARGET: overrides cluster.vpc_cni.minimum_ip_target, which is 3. Remove it and set cluster.vpc_cni.minimum_ip_target",
      ],
    },
    "is reported once if it is not text": {
      cluster: variable("4"),
      reports: ['tfvars.cluster.vpc_cni.values.env.MINIMUM_IP_TARGET: must be text for vpc-cni. Write "4" in quotes'],
    },
  });
});

describe("ENABLE_PREFIX_DELEGATION", () => {
  const cluster = 'vpc_cni: { values: { env: { ENABLE_PREFIX_DELEGATION: "true" } } }';
  testMessages({
    "overrides prefix_delegation in an IPv4 cluster": {
      cluster,
      reports: [
        "warning: tfvars.cluster.vpc_cni.values.env.ENABLE_PREFIX_DELEGATION: overrides cluster.vpc_cni.prefix_delegation, which is false. Remove it and set cluster.vpc_cni.prefix_delegation",
      ],
    },
    "repeats what an IPv6 cluster does": { networking: "ip_family: ipv6", cluster, reports: [] },
  });
});

describe("targets", () => {
  testReports({
    "of prefixes can be set with prefix_delegation": {
      cluster: "vpc_cni: { prefix_delegation: true, warm_prefix_target: 1 }",
      reports: [],
    },
    "of interfaces can be set alone": { cluster: "vpc_cni: { warm_eni_target: 1 }", reports: [] },
    "have no effect in an IPv6 cluster, whatever else they require": {
      networking: "ip_family: ipv6",
      cluster: "vpc_cni: { warm_eni_target: 1, warm_ip_target: 2 }",
      reports: [
        "12:33 tfvars.cluster.vpc_cni.warm_eni_target: has no effect because ip_family is ipv6. Remove it",
        "12:52 tfvars.cluster.vpc_cni.warm_ip_target: has no effect because ip_family is ipv6. Remove it",
      ],
    },
    "of prefixes have no effect without prefix_delegation, and of interfaces not beside warm_ip_target": {
      cluster: "vpc_cni: { warm_prefix_target: 1, warm_eni_target: 2, warm_ip_target: 5 }",
      reports: [
        "9:36 tfvars.cluster.vpc_cni.warm_prefix_target: has no effect because prefix_delegation is false. Remove it, or set prefix_delegation: true",
        "9:56 tfvars.cluster.vpc_cni.warm_eni_target: has no effect because the add-on uses warm_ip_target instead. Remove it",
      ],
    },
    "of prefixes have no effect beside minimum_ip_target, and of interfaces not beside prefixes": {
      cluster: "vpc_cni: { prefix_delegation: true, warm_prefix_target: 1, warm_eni_target: 2, minimum_ip_target: 5 }",
      reports: [
        "9:61 tfvars.cluster.vpc_cni.warm_prefix_target: has no effect because the add-on uses minimum_ip_target instead. Remove it",
        "9:81 tfvars.cluster.vpc_cni.warm_eni_target: has no effect because the add-on uses warm_prefix_target instead. Remove it",
      ],
    },
  });
});

describe("reserve_prefixes", () => {
  testReports({
    "has no effect in an existing VPC": {
      networking: EXISTING_VPC,
      cluster: "vpc_cni: { prefix_delegation: true, reserve_prefixes: true }",
      reports: [
        "13:59 tfvars.cluster.vpc_cni.reserve_prefixes: has no effect because the owner of an existing VPC reserves ranges in its subnets. Remove it",
      ],
    },
    "has no effect without prefix_delegation": {
      cluster: "vpc_cni: { reserve_prefixes: true }",
      reports: [
        "9:34 tfvars.cluster.vpc_cni.reserve_prefixes: has no effect because prefix_delegation is false. Remove it, or set prefix_delegation: true",
      ],
    },
  });

  /** Reports of reserve_prefixes: subnets this small have errors of their own. */
  const inSubnetsOf = (length: number): string[] =>
    messagesIn({
      networking: `subnet_prefix_lengths: { private: ${length} }`,
      cluster: "vpc_cni: { prefix_delegation: true, reserve_prefixes: true }",
    }).filter((message) => message.includes("reserve_prefixes"));

  test("is required by no subnet if it is off", () => {
    expect(
      messagesIn({
        networking: "subnet_prefix_lengths: { private: 28 }",
        cluster: "vpc_cni: { prefix_delegation: true }",
      }),
    ).toEqual([expect.stringContaining("tfvars.workers[general].max_size: exhausts subnet private")]);
  });

  test("of small subnets is reported once without prefix_delegation, and once in an existing VPC", () => {
    const reports = (networking: string, cluster: string): number =>
      messagesIn({ networking, cluster }).filter((message) => message.includes("reserve_prefixes")).length;

    expect(reports("subnet_prefix_lengths: { private: 28 }", "vpc_cni: { reserve_prefixes: true }")).toBe(1);
    expect(
      reports(`${EXISTING_VPC}\nvpc_cidr: 10.0.0.0/24`, "vpc_cni: { prefix_delegation: true, reserve_prefixes: true }"),
    ).toBe(1);
  });

  test("requires private subnets of at least a /27", () => {
    expect(inSubnetsOf(27)).toEqual([]);
    expect(inSubnetsOf(28)).toEqual([
      "tfvars.cluster.vpc_cni.reserve_prefixes: requires private subnets of at least a /27, but they are a /28. Use a larger range or remove it",
    ]);
  });
});

describe("custom_networking", () => {
  testReports({
    "requires pod subnets": {
      cluster: "vpc_cni: { custom_networking: true }",
      reports: [
        "9:35 tfvars.cluster.vpc_cni.custom_networking: requires pod subnets. Add pod to subnet_tiers and a block to secondary_cidr_blocks",
      ],
    },
    "requires pod subnets of an existing VPC": {
      networking: EXISTING_VPC,
      cluster: "vpc_cni: { custom_networking: true }",
      reports: [
        "13:35 tfvars.cluster.vpc_cni.custom_networking: requires pod subnets. Name them in existing_vpc.subnet_ids.pod or existing_vpc.subnet_tags.pod",
      ],
    },
    "has no effect if it is false and there are no pod subnets": {
      cluster: "vpc_cni: { custom_networking: false }",
      reports: [
        "9:35 tfvars.cluster.vpc_cni.custom_networking: has no effect because the network has no pod subnets. Remove it",
      ],
    },
    "is accepted with pod subnets": {
      networking: "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [100.64.0.0/16]",
      cluster: "vpc_cni: { custom_networking: true }",
      reports: [],
    },
    "can be false with pod subnets, and then with local zones": {
      networking:
        "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [100.64.0.0/16]\nlocal_zones: [us-east-1-bos-1a]",
      cluster: "vpc_cni: { custom_networking: false }",
      reports: [],
    },
    "is not on by default, so that local zones are accepted": {
      networking: "local_zones: [us-east-1-bos-1a]",
      reports: [],
    },
    "excludes local zones, which have no pod subnets": {
      networking: `subnet_tiers: [private, public, pod]
secondary_cidr_blocks: [100.64.0.0/16]
local_zones: [us-east-1-bos-1a]`,
      reports: [
        "11:18 tfvars.networking.local_zones: must be empty because local zones have no pod subnets, which pods use. Remove it or set cluster.vpc_cni.custom_networking: false",
      ],
    },
  });
});

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

describe("targets", () => {
  testReports({
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

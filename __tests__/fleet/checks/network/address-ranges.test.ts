import { account, definition, type Sections, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

describe("availability_zones", () => {
  testReports({
    "lists zones of the region, each once": {
      networking: "availability_zones: [us-east-1a, us-west-2a, us-east-1a]",
      reports: [
        '9:38 tfvars.networking.availability_zones[1]: "us-west-2a" is not a zone of us-east-1. Its zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f',
        "9:50 tfvars.networking.availability_zones[2]: lists us-east-1a twice. Remove one of them",
      ],
    },
    "can be the number of zones of the region": { networking: "availability_zones: 5", reports: [] },
    "is at most the number of zones of the region": {
      networking: "availability_zones: 6",
      reports: [
        "9:25 tfvars.networking.availability_zones: must be at most the number of zones in us-east-1 (5), but is 6",
      ],
    },
  });

  test("is not reported if the region is unknown", () => {
    const file = "clusters/a.example.com.yaml";
    const cluster = definition({ networking: "availability_zones: [us-east-1a, us-east-1b]" });

    expect(problemsOf({ [file]: cluster.replace("aws_region: us-east-1", "aws_region: us-esat-1") })).toEqual([
      `${file}:5:17 tfvars.common.aws_region: unknown region "us-esat-1". Did you mean "us-east-1"?`,
    ]);
  });
});

describe("a range", () => {
  testReports({
    "has a prefix length": {
      networking: "vpc_cidr: 10.49.0.0\nconnected_to: []",
      reports: ['9:15 tfvars.networking.vpc_cidr: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "10.49.0.0"'],
    },
    "has octets up to 255": {
      networking: "vpc_cidr: 10.0.256.0/16",
      reports: [
        '9:15 tfvars.networking.vpc_cidr: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "10.0.256.0/16"',
      ],
    },
    "starts at the first address of its block": {
      networking: "vpc_cidr: 10.0.5.0/16",
      reports: [
        '9:15 tfvars.networking.vpc_cidr: must start at the first address of its block, 10.0.0.0/16, got "10.0.5.0/16"',
      ],
    },
    "of the VPC is at least a /24": {
      networking: "vpc_cidr: 10.0.0.0/25",
      reports: ['9:15 tfvars.networking.vpc_cidr: is too small: must be a /16 to a /24, got "10.0.0.0/25"'],
    },
    "of the Services starts at the first address of its block": {
      cluster: "service_ipv4_cidr: 172.16.0.0/11",
      reports: [
        '9:24 tfvars.cluster.service_ipv4_cidr: must start at the first address of its block, 172.0.0.0/11, got "172.16.0.0/11"',
      ],
    },
    "of a public endpoint is an aligned block": {
      cluster: "endpoint_public_access: true\npublic_access_cidrs: [1.2.3.4, 1.2.3.4/24]",
      reports: [
        '10:27 tfvars.cluster.public_access_cidrs[0]: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "1.2.3.4"',
        '10:36 tfvars.cluster.public_access_cidrs[1]: must start at the first address of its block, 1.2.3.0/24, got "1.2.3.4/24"',
      ],
    },
    "of the Services is private": {
      cluster: "service_ipv4_cidr: 100.64.0.0/16",
      reports: [
        "9:24 tfvars.cluster.service_ipv4_cidr: must be in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, but is 100.64.0.0/16. EKS accepts no other range",
      ],
    },
    "of the Services does not overlap the VPC": {
      networking: "vpc_cidr: 10.48.0.0/16",
      cluster: "service_ipv4_cidr: 10.48.0.0/20",
      reports: [
        "11:24 tfvars.cluster.service_ipv4_cidr: 10.48.0.0/20 overlaps vpc_cidr 10.48.0.0/16, so pods could not reach these addresses of the VPC. Choose another range",
      ],
    },
    "of the Services does not overlap a secondary block": {
      networking: "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [10.99.0.0/16]",
      cluster: "service_ipv4_cidr: 10.99.0.0/20",
      reports: [
        "13:24 tfvars.cluster.service_ipv4_cidr: 10.99.0.0/20 overlaps secondary_cidr_blocks 10.99.0.0/16, so pods could not reach these addresses of the VPC. Choose another range",
      ],
    },
    "of the Services by default is reported at the secondary block that it overlaps": {
      networking: "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [172.20.0.0/16]",
      reports: [
        "10:29 tfvars.cluster.service_ipv4_cidr: 172.20.0.0/16 overlaps secondary_cidr_blocks 172.20.0.0/16, so pods could not reach these addresses of the VPC. Choose another range",
        expect.stringContaining("10:29 tfvars.networking.secondary_cidr_blocks[0]: "),
      ],
    },
    "of the VPC does not overlap one that the account reserves": {
      networking: "vpc_cidr: 10.60.0.0/16",
      reports: [
        "9:15 tfvars.networking.vpc_cidr: 10.60.0.0/16 overlaps 10.60.0.0/16, which account production reserves for the data centre, over Direct Connect. Choose another range",
      ],
    },
    "of the VPC is in a pool of the account": {
      networking: "vpc_cidr: 192.168.0.0/16",
      reports: [
        "9:15 tfvars.networking.vpc_cidr: 192.168.0.0/16 is not in the cidr_pools of account production (10.0.0.0/10). Choose a range in them",
      ],
    },
  });

  testReports({
    "of a secondary block does not overlap one that the account reserves": {
      networking: "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [10.60.0.0/17]",
      reports: [
        "10:29 tfvars.networking.secondary_cidr_blocks[0]: 10.60.0.0/17 overlaps 10.60.0.0/16, which account production reserves for the data centre, over Direct Connect. Choose another range",
      ],
    },
    "of an existing VPC can be one that the account reserves": {
      networking: `availability_zones: [us-east-1a, us-east-1b]
existing_vpc: { vpc_id: vpc-0123456789abcdef0, subnet_tags: { private: { Tier: private } } }
vpc_cidr: 10.60.128.0/17`,
      reports: [],
    },
  });

  /** Reports of a cluster in an account without cidr_pools. */
  const inAccount = (own: string, sections: Sections): string[] =>
    problemsOf({
      "accounts/open.yaml": account({ own }),
      "clusters/a.example.com.yaml": definition({ meta: "ACCOUNT: open", ...sections }),
    });

  test("of the VPC is one that AWS accepts", () => {
    expect(inAccount("", { networking: "vpc_cidr: 127.0.0.0/16" })).toEqual([
      "clusters/a.example.com.yaml:10:15 tfvars.networking.vpc_cidr: 127.0.0.0/16 overlaps 127.0.0.0/8, which AWS does not accept for a VPC. Use a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
    ]);
  });

  test("of the Services that the account reserves is reported where the cluster names the account", () => {
    expect(inAccount("reserved_cidrs: [{ cidr: 172.20.128.0/17, reason: the office }]", {})).toEqual([
      "clusters/a.example.com.yaml:3:12 tfvars.cluster.service_ipv4_cidr: 172.20.0.0/16 overlaps 172.20.128.0/17, which account open reserves for the office. Choose another range",
    ]);
  });
});

describe("subnets", () => {
  testReports({
    "of the smallest size fit into the VPC": {
      networking: "vpc_cidr: 10.59.0.0/24\navailability_zones: 5",
      reports: [
        "9:15 tfvars.networking.vpc_cidr: 5 public subnets of /28 do not fit into an eighth of 10.59.0.0/24. Use a larger vpc_cidr or fewer availability_zones",
        "9:15 tfvars.networking.vpc_cidr: 5 intra subnets of /28 do not fit into an eighth of 10.59.0.0/24. Use a larger vpc_cidr or fewer availability_zones",
      ],
    },
    "of local zones fit into the VPC": {
      networking:
        "vpc_cidr: 10.59.1.0/24\navailability_zones: 2\nlocal_zones: [us-east-1-bos-1a, us-east-1-mia-1a, us-east-1-chi-2a]",
      reports: [
        "9:15 tfvars.networking.vpc_cidr: 3 local_private subnets of /28 do not fit into a sixteenth of 10.59.1.0/24. Use a larger vpc_cidr or fewer local_zones",
        "9:15 tfvars.networking.vpc_cidr: 3 local_public subnets of /28 do not fit into a sixteenth of 10.59.1.0/24. Use a larger vpc_cidr or fewer local_zones",
      ],
    },
    "of a size that is set fit into the VPC, whatever other sizes are wrong": {
      networking: "subnet_prefix_lengths: { private: 18, public: 15, intra: 29 }",
      reports: [
        "9:39 tfvars.networking.subnet_prefix_lengths.private: 3 private subnets of /18 do not fit into half of 10.12.0.0/16. Use a larger vpc_cidr or a longer subnet_prefix_lengths.private (at most 28)",
        "9:51 tfvars.networking.subnet_prefix_lengths.public: must be at least 16, got 15",
        "9:62 tfvars.networking.subnet_prefix_lengths.intra: must be at most 28, got 29",
      ],
    },
    "of a /27 fit into the VPC, and can be a /28": {
      networking:
        "vpc_cidr: 10.59.2.0/24\navailability_zones: 5\nsubnet_tiers: [private]\nnat_gateways: regional\nsubnet_prefix_lengths: { private: 27 }",
      reports: [
        "13:39 tfvars.networking.subnet_prefix_lengths.private: 5 private subnets of /27 do not fit into half of 10.59.2.0/24. Use a larger vpc_cidr or a longer subnet_prefix_lengths.private (at most 28)",
      ],
    },
    "of an existing VPC have their sizes already": {
      networking: `availability_zones: 5
existing_vpc: { vpc_id: vpc-1123456789abcdef0, subnet_tags: { private: { Tier: private } } }
vpc_cidr: 10.59.3.0/24`,
      reports: [],
    },
    "of pods are not reported without a secondary block, which is required": {
      networking: "subnet_tiers: [private, public, pod]",
      reports: [
        "9:37 tfvars.networking.subnet_tiers[2]: requires secondary_cidr_blocks, which pod subnets are parts of. Add a block, such as 100.64.0.0/16",
      ],
    },
    "of pods fit into the secondary blocks": {
      networking: `subnet_tiers: [private, public, pod]
secondary_cidr_blocks: [100.64.0.0/24]
subnet_prefix_lengths: { pod: 25 }`,
      reports: [
        "11:35 tfvars.networking.subnet_prefix_lengths.pod: 3 pod subnets of /25 do not fit into 100.64.0.0/24. Add a block or a longer subnet_prefix_lengths.pod (at most 28)",
      ],
    },
  });

  test("that do not fit are reported at the zones of the cluster if a layer has the range", () => {
    expect(
      problemsOf({
        "accounts/open.yaml": account({ tfvars: "networking: { vpc_cidr: 10.59.0.0/24 }" }),
        "clusters/a.example.com.yaml": definition({ meta: "ACCOUNT: open", networking: "availability_zones: 5" }),
      }),
    ).toContainEqual(
      "clusters/a.example.com.yaml:10:25 tfvars.networking.vpc_cidr: 5 intra subnets of /28 do not fit into an eighth of 10.59.0.0/24. Use a larger vpc_cidr or fewer availability_zones",
    );
  });
});

test("an unknown account reserves nothing", () => {
  expect(problemsOf({ "clusters/a.example.com.yaml": definition({ meta: "ACCOUNT: nobody" }) })).toEqual([
    expect.stringContaining("clusters/a.example.com.yaml:3:12 meta.ACCOUNT: "),
  ]);
});

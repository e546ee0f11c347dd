import { account, definition, messagesIn, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const PUBLIC = "endpoint_public_access: true\n";
const ranges = (count: number): string =>
  Array.from({ length: count }, (_, index) => `198.51.100.${index}/32`).join(", ");

describe("the public endpoint", () => {
  testReports({
    "requires ranges": {
      cluster: PUBLIC,
      reports: [
        "9:29 tfvars.cluster.endpoint_public_access: requires public_access_cidrs. Otherwise it opens the API to the whole internet",
      ],
    },
    "has ranges only if it is open": {
      cluster: "public_access_cidrs: [1.2.3.0/24]",
      reports: [
        "9:26 tfvars.cluster.public_access_cidrs: has no effect because endpoint_public_access is false. Remove it, or set endpoint_public_access: true",
      ],
    },
    "has IPv6 ranges only if it is open": {
      cluster: 'public_access_ipv6_cidrs: ["2001:db8::/48"]',
      networking: "ip_family: ipv6",
      reports: [
        "9:31 tfvars.cluster.public_access_ipv6_cidrs: has no effect because endpoint_public_access is false. Remove it, or set endpoint_public_access: true",
      ],
    },
    "must admit nodes if there is no private endpoint": {
      cluster: `endpoint_private_access: false\n${PUBLIC}public_access_cidrs: [198.51.100.0/24]`,
      reports: [
        "9:30 tfvars.cluster.endpoint_private_access: must be true, because public_access_cidrs does not admit nodes, which use the addresses of their NAT gateways",
      ],
    },
    "must admit the IPv6 addresses of nodes if there is no private endpoint": {
      cluster: `endpoint_private_access: false\n${PUBLIC}public_access_cidrs: [0.0.0.0/0]\npublic_access_ipv6_cidrs: ["2001:db8::/48"]`,
      networking: "ip_family: ipv6",
      reports: [
        "9:30 tfvars.cluster.endpoint_private_access: must be true, because public_access_ipv6_cidrs does not admit nodes, which use their own IPv6 addresses",
        "11:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet. Set the ranges of the users and pipelines that use it",
      ],
    },
    "requires ranges once, without a private endpoint too": {
      cluster: `endpoint_private_access: false\n${PUBLIC}`,
      reports: [
        "10:29 tfvars.cluster.endpoint_public_access: requires public_access_cidrs. Otherwise it opens the API to the whole internet",
      ],
    },
    "can admit the nodes of an IPv6 cluster without a private endpoint": {
      cluster: `endpoint_private_access: false\n${PUBLIC}public_access_cidrs: [0.0.0.0/0]\npublic_access_ipv6_cidrs: ["::/0"]`,
      networking: "ip_family: ipv6",
      reports: [
        "11:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet. Set the ranges of the users and pipelines that use it",
        "12:32 warning: tfvars.cluster.public_access_ipv6_cidrs[0]: opens the API to the whole internet. Set the ranges of the users and pipelines that use it",
      ],
    },
    "has no effect of private IPv6 ranges, which are reported once, if it is not open": {
      cluster: 'public_access_ipv6_cidrs: ["fd12::/16"]',
      networking: "ip_family: ipv6",
      reports: [
        "9:31 tfvars.cluster.public_access_ipv6_cidrs: has no effect because endpoint_public_access is false. Remove it, or set endpoint_public_access: true",
      ],
    },
    "has IPv6 ranges in an IPv6 cluster only, whatever their number": {
      cluster: `${PUBLIC}public_access_cidrs: [${ranges(40)}]\npublic_access_ipv6_cidrs: ["fd12::/16"]`,
      networking: "ip_family: dual_stack",
      reports: [
        "11:31 tfvars.cluster.public_access_ipv6_cidrs: must be empty, because ip_family is dual_stack. Only an IPv6 cluster's endpoint has IPv6 addresses. Set IPv4 ranges in public_access_cidrs",
      ],
    },
    "is reported if it is open to all": {
      cluster: `endpoint_private_access: false\n${PUBLIC}public_access_cidrs: [0.0.0.0/0]`,
      reports: [
        "11:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet. Set the ranges of the users and pipelines that use it",
      ],
    },
    "must exist if there is no private endpoint": {
      cluster: "endpoint_private_access: false",
      reports: [
        "9:30 tfvars.cluster.endpoint_private_access: must be true, because endpoint_public_access is false and nobody could reach the API",
      ],
    },
    "has public ranges, each once": {
      cluster: `${PUBLIC}public_access_cidrs: [10.0.0.0/8, 100.127.0.0/16, 198.51.100.0/24, 198.51.100.0/24]`,
      reports: [
        "10:27 tfvars.cluster.public_access_cidrs[0]: 10.0.0.0/8 is in 10.0.0.0/8, which is not public, and EKS refuses it. Set public ranges, or use private_access_cidrs",
        "10:39 tfvars.cluster.public_access_cidrs[1]: 100.127.0.0/16 is in 100.64.0.0/10, which is not public, and EKS refuses it. Set public ranges, or use private_access_cidrs",
        "10:72 tfvars.cluster.public_access_cidrs[3]: lists 198.51.100.0/24 twice. Remove one of them",
      ],
    },
    "has at most 40 ranges": {
      cluster: `${PUBLIC}public_access_cidrs: [${ranges(41)}]`,
      reports: ["10:26 tfvars.cluster.public_access_cidrs: must have at most 40 items, got 41 items"],
    },
    "has public IPv6 ranges, each once": {
      cluster: `${PUBLIC}public_access_ipv6_cidrs: ["::/0", "fd12::/16", "2001:db8::/48", "2001:db8::/48"]`,
      networking: "ip_family: ipv6",
      reports: [
        "10:32 warning: tfvars.cluster.public_access_ipv6_cidrs[0]: opens the API to the whole internet. Set the ranges of the users and pipelines that use it",
        "10:40 tfvars.cluster.public_access_ipv6_cidrs[1]: fd12::/16 is not a public range, and EKS refuses it. Set public ranges",
        "10:70 tfvars.cluster.public_access_ipv6_cidrs[3]: lists 2001:db8::/48 twice. Remove one of them",
      ],
    },
    "has IPv6 ranges only in an IPv6 cluster": {
      cluster: `${PUBLIC}public_access_cidrs: [198.51.100.0/24]\npublic_access_ipv6_cidrs: ["2001:db8::/48"]`,
      networking: "ip_family: dual_stack",
      reports: [
        "11:31 tfvars.cluster.public_access_ipv6_cidrs: must be empty, because ip_family is dual_stack. Only an IPv6 cluster's endpoint has IPv6 addresses. Set IPv4 ranges in public_access_cidrs",
      ],
    },
  });

  test("has at most 40 ranges of both families together", () => {
    const both = (ipv4: number): string[] =>
      messagesIn({
        cluster: `${PUBLIC}public_access_cidrs: [${ranges(ipv4)}]\npublic_access_ipv6_cidrs: ["2001:db8::/48"]`,
        networking: "ip_family: ipv6",
      });

    expect(both(39)).toEqual([]);
    expect(both(40)).toEqual([
      "tfvars.cluster.public_access_ipv6_cidrs: must have at most 40 ranges together with public_access_cidrs, but they have 41. Use fewer or larger ranges",
    ]);
  });
});

test.each([
  ["link-local addresses", "169.254.10.0/24", "169.254.0.0/16"],
  ["addresses of carriers", "100.64.10.0/24", "100.64.0.0/10"],
])("refuses %s as public ranges", (_, range, space) => {
  expect(messagesIn({ cluster: `${PUBLIC}public_access_cidrs: [${range}]` })).toEqual([
    `tfvars.cluster.public_access_cidrs[0]: ${range} is in ${space}, which is not public, and EKS refuses it. Set public ranges, or use private_access_cidrs`,
  ]);
});

describe("the private endpoint", () => {
  testReports({
    "has ranges only if it is open": {
      cluster: `endpoint_private_access: false\n${PUBLIC}public_access_cidrs: [0.0.0.0/0]\nprivate_access_cidrs: [10.60.0.0/16]`,
      reports: [
        "11:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet. Set the ranges of the users and pipelines that use it",
        "12:27 tfvars.cluster.private_access_cidrs: has no effect because endpoint_private_access is false. Remove it, or set endpoint_private_access: true",
      ],
    },
    "can have ranges in an existing VPC, whose ranges are its owner's": {
      networking: `vpc_cidr: 10.14.0.0/16
availability_zones: [us-east-1a, us-east-1b]
existing_vpc: { vpc_id: vpc-0123456789abcdef0, subnet_tags: { private: { Tier: private } } }`,
      cluster: "private_access_cidrs: [10.14.4.0/24]",
      reports: [],
    },
    "has ranges outside the VPC, each once": {
      networking: "vpc_cidr: 10.13.0.0/16",
      cluster: "private_access_cidrs: [10.13.4.0/24, 10.61.0.0/16, 10.61.0.0/16]",
      reports: [
        "11:28 tfvars.cluster.private_access_cidrs[0]: has no effect because 10.13.4.0/24 is in the VPC, which always reaches the private endpoint. Remove it",
        "11:56 tfvars.cluster.private_access_cidrs[2]: lists 10.61.0.0/16 twice. Remove one of them",
      ],
    },
  });

  test("can have ranges of an account's layer without an effect", () => {
    const tfvars = "networking: { vpc_cidr: 10.13.0.0/16 }";
    const open = (endpoint: boolean): string =>
      account({ tfvars }).replace(
        "  cluster:\n",
        `  cluster:\n    endpoint_private_access: ${endpoint}\n    private_access_cidrs: [10.13.4.0/24]\n`,
      );
    const cluster = definition({ meta: "ACCOUNT: open", cluster: `${PUBLIC}public_access_cidrs: [0.0.0.0/0]` });
    const problems = (endpoint: boolean): string[] =>
      problemsOf({ "accounts/open.yaml": open(endpoint), "clusters/a.example.com.yaml": cluster });

    expect(problems(true)).toEqual([expect.stringContaining("opens the API to the whole internet")]);
    expect(problems(false)).toEqual([expect.stringContaining("opens the API to the whole internet")]);
  });
});

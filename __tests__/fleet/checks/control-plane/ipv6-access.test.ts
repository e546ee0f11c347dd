import { testReports } from "../../../support/definition";

const ranges = (count: number, range: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => range(index)).join(", ")}]`;

describe("public_access_ipv6_cidrs", () => {
  testReports({
    "lists public ranges of people, each once": {
      networking: "ip_family: ipv6",
      cluster: `endpoint_public_access: true
public_access_ipv6_cidrs: ["::/0", "fd12::/16", "2001:db8::/48", "2001:db8::/48"]`,
      reports: [
        "13:32 warning: tfvars.cluster.public_access_ipv6_cidrs[0]: opens the API to the whole internet. Set the ranges of the users and pipelines that use it",
        "13:40 tfvars.cluster.public_access_ipv6_cidrs[1]: fd12::/16 is not a public range, and EKS refuses it. Set public ranges",
        "13:70 tfvars.cluster.public_access_ipv6_cidrs[3]: lists 2001:db8::/48 twice. Remove one of them",
      ],
    },
    "lists no link-local, unique local or multicast ranges": {
      networking: "ip_family: ipv6",
      cluster: `endpoint_public_access: true
public_access_ipv6_cidrs: ["fc00::/16", "fe80::/16", "fe90::/16", "fea0::/16", "febf::/16", "ff02::/16", "fe00::/16"]`,
      reports: [
        "13:32 tfvars.cluster.public_access_ipv6_cidrs[0]: fc00::/16 is not a public range, and EKS refuses it. Set public ranges",
        "13:45 tfvars.cluster.public_access_ipv6_cidrs[1]: fe80::/16 is not a public range, and EKS refuses it. Set public ranges",
        "13:58 tfvars.cluster.public_access_ipv6_cidrs[2]: fe90::/16 is not a public range, and EKS refuses it. Set public ranges",
        "13:71 tfvars.cluster.public_access_ipv6_cidrs[3]: fea0::/16 is not a public range, and EKS refuses it. Set public ranges",
        "13:84 tfvars.cluster.public_access_ipv6_cidrs[4]: febf::/16 is not a public range, and EKS refuses it. Set public ranges",
        "13:97 tfvars.cluster.public_access_ipv6_cidrs[5]: ff02::/16 is not a public range, and EKS refuses it. Set public ranges",
      ],
    },
    "has no effect on a private endpoint": {
      networking: "ip_family: ipv6",
      cluster: 'public_access_ipv6_cidrs: ["2001:db8::/48"]',
      reports: [
        "12:31 tfvars.cluster.public_access_ipv6_cidrs: has no effect because endpoint_public_access is false. Remove it, or set endpoint_public_access: true",
      ],
    },
    "is empty in a dual-stack network": {
      networking: "ip_family: dual_stack",
      cluster: `endpoint_public_access: true
public_access_cidrs: [198.51.100.0/24]
public_access_ipv6_cidrs: ["2001:db8::/48"]`,
      reports: [
        "14:31 tfvars.cluster.public_access_ipv6_cidrs: must be empty, because ip_family is dual_stack. Only an IPv6 cluster's endpoint has IPv6 addresses. Set IPv4 ranges in public_access_cidrs",
      ],
    },
    "requires the private endpoint, because nodes use their own addresses": {
      networking: "ip_family: ipv6",
      cluster: `endpoint_private_access: false
endpoint_public_access: true
public_access_cidrs: [0.0.0.0/0]
public_access_ipv6_cidrs: ["2001:db8::/48"]`,
      reports: [
        "12:30 tfvars.cluster.endpoint_private_access: must be true, because public_access_ipv6_cidrs does not admit nodes, which use their own IPv6 addresses",
        "14:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet. Set the ranges of the users and pipelines that use it",
      ],
    },
    "has with public_access_cidrs at most 40 ranges": {
      networking: "ip_family: ipv6",
      cluster: `endpoint_public_access: true
public_access_cidrs: ${ranges(21, (index) => `198.51.100.${index}/32`)}
public_access_ipv6_cidrs: ${ranges(20, (index) => `"2001:db8:${index + 1}::/48"`)}`,
      reports: [
        "14:31 tfvars.cluster.public_access_ipv6_cidrs: must have at most 40 ranges together with public_access_cidrs, but they have 41. Use fewer or larger ranges",
      ],
    },
    "accepts 40 ranges together with public_access_cidrs": {
      networking: "ip_family: ipv6",
      cluster: `endpoint_public_access: true
public_access_cidrs: ${ranges(20, (index) => `198.51.100.${index}/32`)}
public_access_ipv6_cidrs: ${ranges(20, (index) => `"2001:db8:${index + 1}::/48"`)}`,
      reports: [],
    },
  });
});

testReports({
  "a rule of a security group has the protocol of its range, and opens something new": {
    networking: "ip_family: dual_stack",
    cluster: `security_groups:
  nodes:
    rules:
      - { name: anywhere, direction: egress, protocol: all, ipv6_cidr: "::/0" }
      - { name: pings, direction: ingress, protocol: icmp, ipv6_cidr: "2001:db8::/32" }
      - { name: legacy-pings, direction: ingress, protocol: icmpv6, cidr: 10.60.0.0/16 }
      - { name: right, direction: ingress, protocol: icmpv6, ipv6_cidr: "2001:db8::/32" }
      - { name: again, direction: ingress, protocol: icmpv6, ipv6_cidr: "2001:db8::/32" }`,
    reports: [
      "15:13 tfvars.cluster.security_groups.nodes.rules[anywhere]: repeats a rule that the cluster has by default. Remove it",
      "16:58 tfvars.cluster.security_groups.nodes.rules[pings].protocol: must be icmpv6, because ipv6_cidr is an IPv6 range, but is icmp",
      "17:65 tfvars.cluster.security_groups.nodes.rules[legacy-pings].protocol: must be icmp, because cidr is an IPv4 range, but is icmpv6",
      "19:13 tfvars.cluster.security_groups.nodes.rules[again]: repeats the rule right. EC2 accepts the same rule once. Remove one of them",
    ],
  },
});

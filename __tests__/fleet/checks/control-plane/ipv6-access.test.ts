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
        "13:32 warning: tfvars.cluster.public_access_ipv6_cidrs[0]: opens the API to the whole internet: name the ranges that people and pipelines come from",
        "13:40 tfvars.cluster.public_access_ipv6_cidrs[1]: nobody reaches the public endpoint from fd12::/16, which is no public range: name public ones",
        "13:70 tfvars.cluster.public_access_ipv6_cidrs[3]: lists 2001:db8::/48 twice. Remove one of them",
      ],
    },
    "has no effect on a private endpoint": {
      networking: "ip_family: ipv6",
      cluster: 'public_access_ipv6_cidrs: ["2001:db8::/48"]',
      reports: [
        "12:31 tfvars.cluster.public_access_ipv6_cidrs: has no effect while endpoint_public_access is false: remove it, or open the endpoint",
      ],
    },
    "is empty in a dual-stack network": {
      networking: "ip_family: dual_stack",
      cluster: `endpoint_public_access: true
public_access_cidrs: [198.51.100.0/24]
public_access_ipv6_cidrs: ["2001:db8::/48"]`,
      reports: [
        "14:31 tfvars.cluster.public_access_ipv6_cidrs: must be empty while ip_family is dual_stack: only an IPv6 cluster's endpoint has IPv6 addresses, and EKS refuses these ranges. Name IPv4 ranges in public_access_cidrs",
      ],
    },
    "requires the private endpoint, because nodes use their own addresses": {
      networking: "ip_family: ipv6",
      cluster: `endpoint_private_access: false
endpoint_public_access: true
public_access_cidrs: [0.0.0.0/0]
public_access_ipv6_cidrs: ["2001:db8::/48"]`,
      reports: [
        "12:30 tfvars.cluster.endpoint_private_access: must be true while public_access_ipv6_cidrs is limited: nodes would come from their own IPv6 addresses, which it does not let in",
        "14:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet: name the ranges that people and pipelines come from",
      ],
    },
    "has with public_access_cidrs at most 40 ranges": {
      networking: "ip_family: ipv6",
      cluster: `endpoint_public_access: true
public_access_cidrs: ${ranges(21, (index) => `198.51.100.${index}/32`)}
public_access_ipv6_cidrs: ${ranges(20, (index) => `"2001:db8:${index + 1}::/48"`)}`,
      reports: [
        "14:31 tfvars.cluster.public_access_ipv6_cidrs: makes 41 ranges with those of public_access_cidrs, and EKS takes 40: name fewer, or larger ones",
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
      "15:13 tfvars.cluster.security_groups.nodes.rules[anywhere]: opens what is open anyway, and EC2 takes each rule once: remove it",
      "16:58 tfvars.cluster.security_groups.nodes.rules[pings].protocol: is the one of IPv4, and the other side is an IPv6 range: take icmpv6",
      "17:65 tfvars.cluster.security_groups.nodes.rules[legacy-pings].protocol: is the one of IPv6, and the other side is an IPv4 range: take icmp",
      "19:13 tfvars.cluster.security_groups.nodes.rules[again]: opens what right opens, and EC2 takes each rule once: remove one",
    ],
  },
});

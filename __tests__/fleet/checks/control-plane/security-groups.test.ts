import { testMessages, testReports } from "../../../support/definition";

/** Returns security groups with rules of one group, a line each. */
const rules = (group: string, ...lines: string[]): string =>
  `security_groups:\n  ${group}:\n    rules:\n${lines.map((line) => `      - { ${line} }\n`).join("")}`;

describe("a rule of a security group", () => {
  testReports({
    "must have exactly one other side": {
      cluster: rules(
        "nodes",
        "name: none, direction: ingress, protocol: all",
        "name: two, direction: ingress, protocol: all, cidr: 10.0.0.0/8, peer: nodes",
      ),
      reports: [
        "12:13 tfvars.cluster.security_groups.nodes.rules[none]: must have exactly one of cidr, ipv6_cidr, security_group_id, prefix_list_id, peer, but has none",
        "13:13 tfvars.cluster.security_groups.nodes.rules[two]: must have exactly one of cidr, ipv6_cidr, security_group_id, prefix_list_id, peer, but has cidr and peer",
      ],
    },
    "must have a name that no other rule has": {
      cluster: rules(
        "nodes",
        "name: two, direction: ingress, protocol: all, cidr: 10.0.0.0/8",
        "name: two, direction: egress, protocol: all, cidr: 10.0.0.0/8",
      ),
      reports: [
        '13:21 tfvars.cluster.security_groups.nodes.rules[two].name: two items of this list have the name "two". Rename one of them',
      ],
    },
    "has ports only for tcp and udp": {
      cluster: rules(
        "nodes",
        "name: all, direction: ingress, protocol: all, from_port: 1, cidr: 10.0.0.0/8",
        'name: gre, direction: ingress, protocol: "47", to_port: 1, peer: nodes',
      ),
      reports: [
        "12:72 tfvars.cluster.security_groups.nodes.rules[all].from_port: has no effect because EC2 ignores the ports of protocol all. Remove it",
        "13:71 tfvars.cluster.security_groups.nodes.rules[gre].to_port: has no effect because EC2 ignores the ports of protocol 47. Remove it",
      ],
    },
    "must have a port for tcp": {
      cluster: rules("nodes", "name: a, direction: ingress, protocol: tcp, cidr: 10.0.0.0/8"),
      reports: [
        "12:13 tfvars.cluster.security_groups.nodes.rules[a]: requires from_port for protocol tcp. For all ports set from_port: 0 and to_port: 65535",
      ],
    },
    "has no to_port below from_port": {
      cluster: rules("nodes", "name: a, direction: ingress, protocol: udp, from_port: 9, to_port: 8, cidr: 10.0.0.0/8"),
      reports: [
        "12:82 tfvars.cluster.security_groups.nodes.rules[a].to_port: must be at least from_port (9), but is 8",
      ],
    },
    "can have a to_port that equals from_port": {
      cluster: rules("nodes", "name: a, direction: ingress, protocol: udp, from_port: 9, to_port: 9, cidr: 10.0.0.0/8"),
      reports: [],
    },
    "is not for IPv6 in an IPv4 cluster": {
      cluster: rules(
        "nodes",
        'name: range, direction: ingress, protocol: all, ipv6_cidr: "2001:db8::/32"',
        "name: pings, direction: ingress, protocol: icmpv6, peer: control_plane",
      ),
      reports: [
        "12:74 tfvars.cluster.security_groups.nodes.rules[range].ipv6_cidr: has no effect because ip_family is ipv4. Remove it, or set networking.ip_family: dual_stack",
        "13:58 tfvars.cluster.security_groups.nodes.rules[pings].protocol: has no effect because ip_family is ipv4. Remove it, or set networking.ip_family: dual_stack",
      ],
    },
    "has the ICMP of its range's family": {
      networking: "ip_family: dual_stack",
      cluster: rules(
        "nodes",
        'name: a, direction: ingress, protocol: icmp, ipv6_cidr: "2001:db8::/32"',
        "name: b, direction: ingress, protocol: icmpv6, cidr: 10.0.0.0/8",
      ),
      reports: [
        "15:54 tfvars.cluster.security_groups.nodes.rules[a].protocol: must be icmpv6, because ipv6_cidr is an IPv6 range, but is icmp",
        "16:54 tfvars.cluster.security_groups.nodes.rules[b].protocol: must be icmp, because cidr is an IPv4 range, but is icmpv6",
      ],
    },
    "reports nothing but refused keys": {
      cluster: rules(
        "nodes",
        "name: number, direction: ingress, protocol: 50, peer: nodes",
        'name: named, direction: ingress, protocol: "6", from_port: 1, peer: nodes',
        'name: too-large, direction: ingress, protocol: "256", peer: nodes',
        'name: family, direction: ingress, protocol: all, cidr: "2001:db8::/32"',
        "name: family-again, direction: ingress, protocol: all, ipv6_cidr: 10.0.0.0/8",
        "name: port, direction: ingress, protocol: tcp, from_port: http, peer: control_plane",
      ),
      reports: [
        '12:59 tfvars.cluster.security_groups.nodes.rules[number].protocol: must be text, got 50, which YAML reads as a number. Write "50" in quotes',
        '13:58 tfvars.cluster.security_groups.nodes.rules[named].protocol: must be tcp, udp, icmp, icmpv6, all, or the number of another protocol in quotes, such as "50", got "6"',
        '14:62 tfvars.cluster.security_groups.nodes.rules[too-large].protocol: must be tcp, udp, icmp, icmpv6, all, or the number of another protocol in quotes, such as "50", got "256"',
        '15:70 tfvars.cluster.security_groups.nodes.rules[family].cidr: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "2001:db8::/32"',
        '16:81 tfvars.cluster.security_groups.nodes.rules[family-again].ipv6_cidr: must be an IPv6 CIDR block, such as 2001:db8::/32, got "10.0.0.0/8"',
        '17:73 tfvars.cluster.security_groups.nodes.rules[port].from_port: must be a whole number from 0 to 65535, got "http"',
      ],
    },
    "must not repeat what the control plane's group has by default": {
      cluster: `private_access_cidrs: [10.61.0.0/16]
${rules(
  "control_plane",
  "name: nodes, direction: ingress, protocol: tcp, from_port: 443, to_port: 443, peer: nodes",
  "name: office, direction: ingress, protocol: tcp, from_port: 443, cidr: 10.61.0.0/16",
  "name: lab, direction: ingress, protocol: tcp, from_port: 443, cidr: 10.62.0.0/16",
)}`,
      reports: [
        "13:13 tfvars.cluster.security_groups.control_plane.rules[nodes]: repeats a rule that the cluster has by default. Remove it",
        "14:13 tfvars.cluster.security_groups.control_plane.rules[office]: repeats a rule that the cluster has by default. Remove it",
      ],
    },
    "must not repeat what the nodes' group has by default": {
      cluster: rules(
        "nodes",
        "name: dns, direction: ingress, protocol: udp, from_port: 53, peer: nodes",
        "name: webhook, direction: ingress, protocol: tcp, from_port: 9443, peer: control_plane",
      ),
      reports: [
        "12:13 tfvars.cluster.security_groups.nodes.rules[dns]: repeats a rule that the cluster has by default. Remove it",
        "13:13 tfvars.cluster.security_groups.nodes.rules[webhook]: repeats a rule that the cluster has by default. Remove it",
      ],
    },
    "must not repeat that nodes send IPv6, in a cluster that has it": {
      networking: "ip_family: dual_stack",
      cluster: rules("nodes", 'name: a, direction: egress, protocol: all, ipv6_cidr: "::/0"'),
      reports: [
        "15:13 tfvars.cluster.security_groups.nodes.rules[a]: repeats a rule that the cluster has by default. Remove it",
      ],
    },
    "must not repeat another rule": {
      cluster: rules(
        "nodes",
        "name: a, direction: ingress, protocol: tcp, from_port: 9100, cidr: 10.61.0.0/16",
        "name: same, direction: ingress, protocol: tcp, from_port: 9100, to_port: 9100, cidr: 10.61.0.0/16",
        "name: outwards, direction: egress, protocol: tcp, from_port: 9100, cidr: 10.61.0.0/16",
      ),
      reports: [
        "13:13 tfvars.cluster.security_groups.nodes.rules[same]: repeats the rule a. EC2 accepts the same rule once. Remove one of them",
      ],
    },
  });
});

describe("a rule like one that the cluster has by default", () => {
  const https = (cidr: string): string =>
    rules("control_plane", `name: https, direction: ingress, protocol: tcp, from_port: 443, cidr: ${cidr}`);
  const repeated = [
    "tfvars.cluster.security_groups.control_plane.rules[https]: repeats a rule that the cluster has by default. Remove it",
  ];
  const remote = "remote_networks: { node_cidrs: [10.61.0.0/16], pod_cidrs: [10.62.0.0/16] }";
  testMessages({
    "is refused for the VPC": {
      networking: "vpc_cidr: 10.63.0.0/16",
      cluster: https("10.63.0.0/16"),
      reports: repeated,
    },
    "is refused for hybrid nodes": { cluster: `${remote}\n${https("10.61.0.0/16")}`, reports: repeated },
    "is refused for pods of hybrid nodes": { cluster: `${remote}\n${https("10.62.0.0/16")}`, reports: repeated },
    "is accepted if the endpoint is not private": {
      networking: "vpc_cidr: 10.50.0.0/16",
      cluster: `endpoint_private_access: false\n${https("10.50.0.0/16")}`,
      reports: [
        "tfvars.cluster.endpoint_private_access: must be true, because endpoint_public_access is false and nobody could reach the API",
      ],
    },
    "is accepted for another last port": {
      cluster: rules("nodes", "name: a, direction: ingress, protocol: udp, from_port: 53, to_port: 54, peer: nodes"),
      reports: [],
    },
    "has no effect in an IPv4 cluster if it is for IPv6": {
      cluster: rules("nodes", 'name: a, direction: egress, protocol: all, ipv6_cidr: "::/0"'),
      reports: [
        "tfvars.cluster.security_groups.nodes.rules[a].ipv6_cidr: has no effect because ip_family is ipv4. Remove it, or set networking.ip_family: dual_stack",
      ],
    },
  });
});

testMessages({
  "accepts ICMP of an IPv4 range": {
    cluster: rules("nodes", "name: a, direction: ingress, protocol: icmp, cidr: 10.0.0.0/8"),
    reports: [],
  },
  "reports ports of a protocol without ports, but not their order": {
    cluster: rules("nodes", "name: a, direction: ingress, protocol: all, from_port: 2, to_port: 1, cidr: 10.0.0.0/8"),
    reports: ["from_port", "to_port"].map(
      (key) =>
        `tfvars.cluster.security_groups.nodes.rules[a].${key}: has no effect because EC2 ignores the ports of protocol all. Remove it`,
    ),
  },
});

testReports({
  "refuses additional groups that are listed twice, or are none": {
    cluster: "security_groups: { control_plane: { additional_ids: [sg-01234567, sg-01234567, web] } }",
    reports: [
      "9:71 tfvars.cluster.security_groups.control_plane.additional_ids[1]: lists sg-01234567 twice. Remove one of them",
      '9:84 tfvars.cluster.security_groups.control_plane.additional_ids[2]: must be the id of a security group, such as sg-0123456789abcdef0, got "web"',
    ],
  },
});

import { namedTwice, sameTwice } from "../../../language/twice";
import type { Tfvars } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { NODE_INGRESS } from "../../nodes/node-security-group-rules";
import { eachItem, type ItemRule } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { atLeast, noEffect, requires } from "../../rules/forms";

const GROUPS = ["tfvars", "cluster", "security_groups"] as const;
const OTHER_SIDES = ["cidr", "ipv6_cidr", "security_group_id", "prefix_list_id", "peer"] as const;

/** Protocols whose ports EC2 looks at. */
const WITH_PORTS: readonly string[] = ["tcp", "udp"];

type Group = "control_plane" | "nodes";
type Rule = Tfvars["cluster"]["security_groups"]["nodes"]["rules"][number];

/** Rules about the rules of security groups and about additional groups. */
export const securityGroupRules: readonly Check[] = [
  ({ definition }) => {
    const { additional_ids } = definition.tfvars.cluster.security_groups.control_plane;
    return namedTwice(additional_ids, [...GROUPS, "control_plane", "additional_ids"]);
  },
  (subject) => ofRules("control_plane", subject),
  (subject) => ofRules("nodes", subject),
  (subject) => twice("control_plane", subject),
  (subject) => twice("nodes", subject),
  (subject) => tooMany("control_plane", subject),
  (subject) => tooMany("nodes", subject),
];

/** AWS's default quota of inbound or outbound rules of a security group (Amazon VPC quotas). */
const MOST_RULES = 60;

function tooMany(group: Group, { definition }: Subject): Finding[] {
  return (["ingress", "egress"] as const).flatMap((direction): Finding[] => {
    const { tfvars } = definition;
    const own = tfvars.cluster.security_groups[group].rules.filter((rule) => rule.direction === direction).length;
    const always = alwaysThere(tfvars).filter((text) => text.startsWith(`${group},${direction},`)).length;
    if (own === 0 || own + always <= MOST_RULES) return [];
    const message = `has ${own} ${direction} rules besides the ${always} that the cluster requires, more than AWS's default quota of ${MOST_RULES} (inbound or outbound rules per security group). Use prefix lists, or have the quota raised`;
    return [{ path: [...GROUPS, group, "rules"], message, severity: "warning" }];
  });
}

function ofRules(group: Group, { definition }: Subject): Finding[] {
  const { tfvars } = definition;
  return eachItem([...GROUPS, group, "rules"], tfvars.cluster.security_groups[group].rules, [
    oneOtherSide,
    portsOfOtherProtocol,
    fromPort,
    toPort,
    ipv6OfIpv4Cluster(tfvars),
    icmpOfFamily,
    openAnyway(group, tfvars),
  ]);
}

/** Returns a rule as EC2 compares it: EC2 accepts equal rules once, whatever their names. */
function said(group: Group, { direction, protocol, from_port, to_port, ...rule }: Omit<Rule, "name">): string {
  const ports = from_port === undefined ? "all" : `${from_port}-${to_port ?? from_port}`;
  const [side = ""] = OTHER_SIDES.flatMap((key) => (rule[key] === undefined ? [] : [`${key} ${rule[key]}`]));
  return [group, direction, protocol, ports, side].join();
}

/** Rules that each cluster's groups have. */
const OURS: readonly string[] = [
  said("control_plane", { direction: "ingress", protocol: "tcp", from_port: 443, peer: "nodes" }),
  said("nodes", { direction: "ingress", protocol: "all", peer: "nodes" }),
  said("nodes", { direction: "egress", protocol: "all", cidr: "0.0.0.0/0" }),
  ...Object.values(NODE_INGRESS).map(({ from, protocol, ports }) => {
    const [from_port, to_port] = typeof ports === "number" ? [ports, ports] : ports;
    const peer = from === "nodes" ? "nodes" : "control_plane";
    return said("nodes", { direction: "ingress", protocol, from_port, to_port, peer });
  }),
];

/** Returns the rule by which nodes send IPv6, in a VPC that has it. */
function ipv6Egress({ networking }: Tfvars): string[] {
  if (networking.ip_family === "ipv4") return [];
  return [said("nodes", { direction: "egress", protocol: "all", ipv6_cidr: "::/0" })];
}

/** Returns the rules by which ranges reach the private endpoint. */
function privateAccess({ cluster, networking }: Tfvars): string[] {
  const { endpoint_private_access, private_access_cidrs, remote_networks } = cluster;
  if (!endpoint_private_access) return [];
  const { node_cidrs, pod_cidrs } = remote_networks;
  return [networking.vpc_cidr, ...private_access_cidrs, ...node_cidrs, ...pod_cidrs].map((cidr) =>
    said("control_plane", { direction: "ingress", protocol: "tcp", from_port: 443, cidr }),
  );
}

/** Returns the rules that the cluster has without any in its file. */
function alwaysThere(tfvars: Tfvars): string[] {
  return [...OURS, ...ipv6Egress(tfvars), ...privateAccess(tfvars)];
}

function openAnyway(group: Group, tfvars: Tfvars): ItemRule<Rule> {
  return (rule) => {
    const text = said(group, rule);
    if (!alwaysThere(tfvars).includes(text)) return [];
    return [{ path: [], message: "repeats a rule that the cluster has by default. Remove it" }];
  };
}

function twice(group: Group, { definition }: Subject): Finding[] {
  return sameTwice(
    [...GROUPS, group, "rules"],
    definition.tfvars.cluster.security_groups[group].rules,
    (rule) => said(group, rule),
    (_, first) => `repeats the rule ${first.name}. EC2 accepts the same rule once. Remove one of them`,
  );
}

function oneOtherSide(rule: Rule): Finding[] {
  const sides = OTHER_SIDES.filter((side) => rule[side] !== undefined);
  if (sides.length === 1) return [];
  const message = `must have exactly one of ${OTHER_SIDES.join(", ")}, but has ${sides.join(" and ") || "none"}`;
  return [{ path: [], message }];
}

function portsOfOtherProtocol(rule: Rule): Finding[] {
  const { protocol } = rule;
  if (WITH_PORTS.includes(protocol)) return [];
  return (["from_port", "to_port"] as const)
    .filter((key) => rule[key] !== undefined)
    .map((key) => noEffect([key], `EC2 ignores the ports of protocol ${protocol}`));
}

function fromPort({ from_port, protocol }: Rule): Finding[] {
  if (!WITH_PORTS.includes(protocol) || from_port !== undefined) return [];
  return [requires([], `from_port for protocol ${protocol}`, "For all ports set from_port: 0 and to_port: 65535")];
}

function toPort({ from_port, protocol, to_port }: Rule): Finding[] {
  if (!WITH_PORTS.includes(protocol) || from_port === undefined || to_port === undefined) return [];
  return atLeast(["to_port"], to_port, { key: "from_port", value: from_port });
}

function ipv6OfIpv4Cluster({ networking }: Tfvars): ItemRule<Rule> {
  return ({ ipv6_cidr, protocol }) => {
    if (networking.ip_family !== "ipv4") return [];
    const finding = (key: string): Finding =>
      noEffect([key], "ip_family is ipv4", "or set networking.ip_family: dual_stack");
    if (ipv6_cidr !== undefined) return [finding("ipv6_cidr")];
    return protocol === "icmpv6" ? [finding("protocol")] : [];
  };
}

/** ICMP has another protocol for each family. */
function icmpOfFamily({ cidr, ipv6_cidr, protocol }: Rule): Finding[] {
  const path = ["protocol"];
  if (protocol === "icmp" && ipv6_cidr !== undefined)
    return [{ path, message: "must be icmpv6, because ipv6_cidr is an IPv6 range, but is icmp" }];
  if (protocol === "icmpv6" && cidr !== undefined)
    return [{ path, message: "must be icmp, because cidr is an IPv4 range, but is icmpv6" }];
  return [];
}

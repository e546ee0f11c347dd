import type { Path } from "../../../language/yaml/tree";
import type { Tfvars } from "../../model/cluster";
import { NODE_INGRESS } from "../../nodes/node-security-group-rules";
import type { Check, Finding } from "../../rules/finding";

const FAMILY = ["tfvars", "networking", "ip_family"] as const;
const GROUPS = ["tfvars", "cluster", "security_groups"] as const;
type Part = Tfvars["cluster"]["security_groups"]["nodes"];
type Rule = Part["rules"][number];
type Family = Tfvars["networking"]["ip_family"];

const OTHER_SIDES = ["cidr", "ipv6_cidr", "security_group_id", "prefix_list_id", "peer"] as const;

/** Protocols of which EC2 looks at the ports. */
const WITH_PORTS: readonly string[] = ["tcp", "udp"];

/** Optional keys of a rule that tell it from others: where one was refused, it is not known what the rule says. */
const SAID = [...OTHER_SIDES, "from_port", "to_port"] as const;

/** Every rule says one thing, and no group is attached twice. */
export const checkSecurityGroups: Check = ({ definition }) => {
  const { ip_family } = definition.tfvars.networking;
  const { security_groups } = definition.tfvars.cluster;
  const { additional_ids } = security_groups.control_plane;
  const twice = additional_ids.flatMap((id, index) =>
    additional_ids.indexOf(id) < index
      ? [
          {
            path: [...GROUPS, "control_plane", "additional_ids", index],
            message: `lists ${id} twice: list each group once`,
          },
        ]
      : [],
  );
  const ofRules = (["control_plane", "nodes"] as const).flatMap((name) => {
    const path = [...GROUPS, name];
    const { rules } = security_groups[name];
    return rules.flatMap((rule, index) => ruleFindings(rule, [...path, "rules", index], ip_family));
  });
  return [...twice, ...ofRules, ...openTwice(definition.tfvars)];
};

/** What a rule says to EC2, which takes each once, whatever its name. */
function said(group: string, { direction, protocol, from_port, to_port, ...rule }: Omit<Rule, "name">): string {
  const ports = from_port === undefined ? "all" : `${from_port}-${to_port ?? from_port}`;
  const [side = ""] = OTHER_SIDES.flatMap((key) => (rule[key] === undefined ? [] : [`${key} ${rule[key]}`]));
  return [group, direction, protocol, ports, side].join();
}

/** Rules that the groups have by themselves. */
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

/** Where nodes go by IPv6, in a VPC that has it. */
function ipv6Egress({ networking }: Tfvars): string[] {
  if (networking.ip_family === "ipv4") return [];
  return [said("nodes", { direction: "egress", protocol: "all", ipv6_cidr: "::/0" })];
}

/** Who reaches the private endpoint by an address. */
function privateAccess({ cluster, networking }: Tfvars): string[] {
  const { endpoint_private_access, private_access_cidrs, remote_networks } = cluster;
  if (!endpoint_private_access) return [];
  const ranges = [
    networking.vpc_cidr,
    ...private_access_cidrs,
    ...remote_networks.node_cidrs,
    ...remote_networks.pod_cidrs,
  ];
  return ranges.map((cidr) => said("control_plane", { direction: "ingress", protocol: "tcp", from_port: 443, cidr }));
}

function openTwice(tfvars: Tfvars): Finding[] {
  const groups = tfvars.cluster.security_groups;
  if (groups.control_plane.rules.length + groups.nodes.rules.length === 0) return []; // nearly always
  const ours = [...OURS, ...ipv6Egress(tfvars), ...privateAccess(tfvars)];
  return (["control_plane", "nodes"] as const).flatMap((name) => {
    const { rules } = groups[name];
    const texts = rules.map((rule) => said(name, rule));
    return rules.flatMap((_, index): Finding[] => {
      const text = texts[index] ?? "";
      const all = [...GROUPS, name, "rules"];
      const path = [...all, index];
      const given = keys(path, SAID);
      if (ours.includes(text))
        return [{ path, given, message: "opens what is open anyway, and EC2 takes each rule once: remove it" }];
      const first = texts.indexOf(text);
      if (first === index) return [];
      const message = `opens what ${rules[first]?.name} opens, and EC2 takes each rule once: remove one`;
      return [{ path, given: [...given, ...keys([...all, first], SAID)], message }];
    });
  });
}

function ruleFindings(rule: Rule, path: Path, family: Family): Finding[] {
  return [...otherSide(rule, path), ...ports(rule, path), ...families(rule, path, family)];
}

function keys(path: Path, names: readonly string[]): Path[] {
  return names.map((name) => [...path, name]);
}

function otherSide(rule: Rule, path: Path): Finding[] {
  const sides = OTHER_SIDES.filter((side) => rule[side] !== undefined);
  if (sides.length === 1) return [];
  const said = sides.length === 0 ? "names no other side" : `names ${sides.join(" and ")}`;
  const given = keys(path, OTHER_SIDES); // one that was refused is none, and told already
  return [{ path, given, message: `${said}: give it one of ${OTHER_SIDES.join(", ")}` }];
}

function ports({ from_port, protocol, to_port }: Rule, path: Path): Finding[] {
  if (!WITH_PORTS.includes(protocol)) {
    const key = from_port === undefined ? "to_port" : "from_port";
    if (from_port === undefined && to_port === undefined) return [];
    const message = `has no effect with protocol ${protocol}: EC2 looks at ports of tcp and udp only. Remove it`;
    return [{ path: [...path, key], message }];
  }
  if (from_port === undefined)
    return [
      {
        path,
        given: keys(path, ["from_port"]),
        message: `must have a from_port, because ${protocol} has ports; 0 and a to_port of 65535 are all of them`,
      },
    ];
  if (to_port !== undefined && to_port < from_port)
    return [{ path: [...path, "to_port"], message: `must be at least from_port (${from_port}), got ${to_port}` }];
  return [];
}

/** IPv6 is said where there is IPv6, and ICMP by the name that it has in the other side's family. */
function families({ cidr, ipv6_cidr, protocol }: Rule, path: Path, family: Family): Finding[] {
  const of = [...path, "protocol"];
  if (family === "ipv4") {
    const given = [FAMILY];
    const why = "has no effect while ip_family is ipv4";
    const or = "or set ip_family: dual_stack";
    if (ipv6_cidr !== undefined) return [{ path: [...path, "ipv6_cidr"], given, message: `${why}: remove it, ${or}` }];
    return protocol === "icmpv6" ? [{ path: of, given, message: `${why}: take icmp, ${or}` }] : [];
  }
  if (protocol === "icmp" && ipv6_cidr !== undefined)
    return [{ path: of, message: "is the one of IPv4, and the other side is an IPv6 range: take icmpv6" }];
  if (protocol === "icmpv6" && cidr !== undefined)
    return [{ path: of, message: "is the one of IPv6, and the other side is an IPv4 range: take icmp" }];
  return [];
}

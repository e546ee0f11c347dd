import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Tfvars } from "../../fleet/model/cluster";
import { given } from "../../language/given";

type Rule = Tfvars["cluster"]["security_groups"]["nodes"]["rules"][number];

export interface SecurityGroupRulesProps {
  readonly groupId: string;
  /** Ids of the cluster's own groups, which a rule can name as its other side. */
  readonly peers: Readonly<Record<NonNullable<Rule["peer"]>, string>>;
  readonly rules: readonly Rule[];
}

/** Rules that a definition adds to one of the cluster's groups. Construct ids are their names. */
export class SecurityGroupRules extends Construct {
  constructor(scope: Construct, id: string, { groupId, peers, rules }: SecurityGroupRulesProps) {
    super(scope, id);
    for (const rule of rules) {
      const settings = {
        securityGroupId: groupId,
        description: `${rule.name}, from the definition`,
        ...protocolAndPorts(rule),
        ...otherSide(rule, peers),
      };
      switch (rule.direction) {
        case "ingress":
          new VpcSecurityGroupIngressRule(this, rule.name, settings);
          break;
        case "egress":
          new VpcSecurityGroupEgressRule(this, rule.name, settings);
          break;
        default:
          rule.direction satisfies never;
      }
    }
  }
}

/** EC2 spells all protocols as -1, and all types of ICMP as ports -1. It ignores the ports of other protocols. */
function protocolAndPorts({ protocol, from_port, to_port }: Rule) {
  switch (protocol) {
    case "all":
      return { ipProtocol: "-1" };
    case "icmp":
    case "icmpv6":
      return { ipProtocol: protocol, fromPort: -1, toPort: -1 };
    case "tcp":
    case "udp":
      return {
        ipProtocol: protocol,
        ...(from_port !== undefined && { fromPort: from_port, toPort: to_port ?? from_port }),
      };
    default:
      return { ipProtocol: protocol };
  }
}

function otherSide(rule: Rule, peers: SecurityGroupRulesProps["peers"]) {
  const { cidr, ipv6_cidr, peer, prefix_list_id, security_group_id } = rule;
  return given({
    cidrIpv4: cidr,
    cidrIpv6: ipv6_cidr,
    prefixListId: prefix_list_id,
    referencedSecurityGroupId: peer === undefined ? security_group_id : peers[peer],
  });
}

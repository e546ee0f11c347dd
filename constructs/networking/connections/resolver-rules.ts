import { Route53ResolverEndpoint } from "@cdktf/provider-aws/lib/route53-resolver-endpoint";
import { Route53ResolverRule } from "@cdktf/provider-aws/lib/route53-resolver-rule";
import { Route53ResolverRuleAssociation } from "@cdktf/provider-aws/lib/route53-resolver-rule-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../../aws/names";
import type { Networking } from "../../../fleet/model/cluster";
import { given } from "../../../language/given";
import type { ConnectionProps } from "./connection-props";

const DNS = 53;

/** Zones in which an endpoint has an interface: the minimum that AWS accepts, because it charges for each. */
const ENDPOINT_ZONES = 2;

export interface ResolverRulesProps extends ConnectionProps {
  readonly rules: Networking["resolver_rules"];
}

/** Domains whose queries are forwarded to other DNS servers, and the endpoint that forwards them. */
export class ResolverRules extends Construct {
  constructor(scope: Construct, id: string, props: ResolverRulesProps) {
    super(scope, id);
    const { network, owner, rules } = props;
    const { slug } = owner;
    const byOwnEndpoint = rules.filter(({ resolver_endpoint_id }) => resolver_endpoint_id === undefined);
    const servers = [...new Set(byOwnEndpoint.flatMap(({ target_ips }) => target_ips))];
    const ownEndpointId = servers.length === 0 ? undefined : this.endpoint(props, servers);

    for (const { domain_name, name, resolver_endpoint_id, target_ips } of rules) {
      const resolverEndpointId = resolver_endpoint_id ?? ownEndpointId;
      const scopeOfRule = new Construct(this, `rule-${name}`);
      const resolverName = boundedName(slug, name, NAME_LIMITS.resolver);
      const rule = new Route53ResolverRule(scopeOfRule, "Resource", {
        name: resolverName,
        domainName: domain_name,
        ruleType: "FORWARD",
        ...given({ resolverEndpointId }),
        targetIp: target_ips.map((ip) => ({ ip, port: DNS })),
        tags: { Name: `${slug}-${name}` },
      });
      new Route53ResolverRuleAssociation(scopeOfRule, "association", {
        name: resolverName,
        resolverRuleId: rule.id,
        vpcId: network.vpc_id,
      });
    }
  }

  /** Creates the endpoint. It can reach those DNS servers only. */
  private endpoint({ owner: { slug }, network }: ConnectionProps, servers: readonly string[]): string {
    const groupName = boundedName(slug, "resolver", NAME_LIMITS.security_group);
    const group = new SecurityGroup(this, "security-group", {
      name: groupName,
      description: "DNS queries that are forwarded",
      vpcId: network.vpc_id,
      tags: { Name: groupName },
    });
    for (const server of servers) {
      for (const ipProtocol of ["udp", "tcp"]) {
        new VpcSecurityGroupEgressRule(this, `to-${server.replaceAll(".", "-")}-${ipProtocol}`, {
          securityGroupId: group.id,
          description: "DNS",
          cidrIpv4: `${server}/32`,
          ipProtocol,
          fromPort: DNS,
          toPort: DNS,
        });
      }
    }
    return new Route53ResolverEndpoint(this, "outbound-endpoint", {
      name: boundedName(slug, "outbound", NAME_LIMITS.resolver),
      direction: "OUTBOUND",
      securityGroupIds: [group.id],
      ipAddress: network.zones
        .slice(0, ENDPOINT_ZONES)
        .flatMap((zone) => network.subnet_ids.intra[zone] ?? [])
        .map((subnetId) => ({ subnetId })),
      tags: { Name: slug },
    }).id;
  }
}

import { Route53ResolverRuleAssociation } from "@cdktf/provider-aws/lib/route53-resolver-rule-association";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../../aws/names";
import type { Networking } from "../../../fleet/model/cluster";
import type { ConnectionProps } from "./connection-props";

export interface PrivateDnsProps extends ConnectionProps {
  readonly settings: Pick<Networking, "private_zone_associations" | "private_zones" | "resolver_rule_associations">;
  readonly deletionProtection: boolean;
}

/** New private zones, and existing zones and resolver rules that are associated with the VPC. */
export class PrivateDns extends Construct {
  constructor(scope: Construct, id: string, { deletionProtection, network, owner, settings }: PrivateDnsProps) {
    super(scope, id);
    const { name: clusterName, region, slug } = owner;
    const { private_zone_associations, private_zones, resolver_rule_associations } = settings;
    const vpc = { vpcId: network.vpc_id, vpcRegion: region };
    const zones = new Construct(this, "zones");
    for (const { domain, name } of private_zones) {
      new Route53Zone(zones, name, {
        name: domain,
        comment: `Private zone of ${clusterName}`,
        // Route 53 does not delete a zone with records in it: records of pods must not block the deletion of the cluster.
        forceDestroy: !deletionProtection,
        vpc: [vpc],
        tags: { Name: `${slug}-${name}` },
        lifecycle: { ignoreChanges: ["vpc"] }, // other VPCs are associated outside this stack
      });
    }
    const zoneAssociations = new Construct(this, "zone-associations");
    for (const { name, zone_id } of private_zone_associations) {
      new Route53ZoneAssociation(zoneAssociations, name, { zoneId: zone_id, ...vpc });
    }
    const ruleAssociations = new Construct(this, "rule-associations");
    for (const { name, resolver_rule_id } of resolver_rule_associations) {
      new Route53ResolverRuleAssociation(ruleAssociations, name, {
        name: boundedName(slug, name, NAME_LIMITS.resolver),
        resolverRuleId: resolver_rule_id,
        vpcId: network.vpc_id,
      });
    }
  }
}

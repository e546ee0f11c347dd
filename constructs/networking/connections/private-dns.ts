import { Route53ResolverRuleAssociation } from "@cdktf/provider-aws/lib/route53-resolver-rule-association";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../../aws/names";
import type { ConnectionProps } from "./connection-props";

/** Private zones, made here or elsewhere, and resolver rules made elsewhere, that answer this VPC. */
export class Names extends Construct {
  constructor(scope: Construct, id: string, { cluster, network }: ConnectionProps) {
    super(scope, id);
    const { name: clusterName, slug, tfvars } = cluster;
    const { private_zone_associations, private_zones, resolver_rule_associations } = tfvars.networking;
    const vpc = { vpcId: network.vpc_id, vpcRegion: tfvars.common.aws_region };
    const zones = new Construct(this, "zones");
    for (const { domain, name } of private_zones) {
      new Route53Zone(zones, name, {
        name: domain,
        comment: `Private zone of ${clusterName}`,
        // Route 53 deletes no zone with records in it: what pods wrote there must not keep a cluster from going.
        forceDestroy: !tfvars.cluster.deletion_protection,
        vpc: [vpc],
        tags: { Name: `${slug}-${name}` },
        lifecycle: { ignoreChanges: ["vpc"] }, // other VPCs associate themselves
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

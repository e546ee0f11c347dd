import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { NetworkPlan } from "../../fleet/plan/network-plan";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { endpointPolicyOf } from "./endpoint-policy";
import type { NetworkRef } from "./network-ref";

export interface InterfaceEndpointsProps {
  readonly owner: Owner;
  readonly plan: Pick<NetworkPlan, "interfaceEndpoints" | "endpointCallers" | "ranges">;
  readonly network: NetworkRef;
  /** Zone -> range of a subnet for pods that is outside of the plan's ranges. */
  readonly podRanges: Readonly<Record<string, string>>;
}

/**
 * AWS services inside the VPC, under their usual names: a network interface in the intra subnet of each zone, and one security
 * group for all. It creates nothing if there are no such services.
 */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, { network, owner, plan, podRanges }: InterfaceEndpointsProps) {
    super(scope, id);
    const { slug } = owner;
    if (plan.interfaceEndpoints.length === 0) return;

    const groupName = boundedName(slug, "endpoints", NAME_LIMITS.security_group);
    const group = new SecurityGroup(this, "security-group", {
      name: groupName,
      description: "Interface endpoints of AWS services",
      vpcId: network.vpc_id,
      tags: { Name: groupName },
    });
    const callers = [
      ...plan.ranges.map((range) => [range.replaceAll(/[./]/g, "-"), range] as const),
      ...Object.entries(podRanges).map(([zone, range]) => [`pods-${zone}`, range] as const),
    ];
    for (const [from, cidrIpv4] of callers) {
      new VpcSecurityGroupIngressRule(this, `from-${from}`, {
        securityGroupId: group.id,
        description: "AWS APIs for the VPC",
        cidrIpv4,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    }
    const subnetIds = network.zones.flatMap((zone) => network.subnet_ids.intra[zone] ?? []);
    for (const { service, serviceName } of plan.interfaceEndpoints) {
      new VpcEndpoint(this, service.replaceAll(".", "-"), {
        vpcId: network.vpc_id,
        vpcEndpointType: "Interface",
        serviceName,
        privateDnsEnabled: true,
        subnetIds,
        securityGroupIds: [group.id],
        ...given({ policy: endpointPolicyOf(owner, plan.endpointCallers, service) }),
        tags: { Name: `${slug}-${service}` },
      });
    }
  }
}

import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster } from "../../fleet/model/cluster";
import { endpointServiceName, interfaceEndpoints } from "../../fleet/network/endpoints";
import { endpointPolicyOf } from "./endpoint-policy";
import type { NetworkRef } from "./network-ref";

export interface InterfaceEndpointsProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
  /** All IPv4 ranges of the VPC: what lies in them may call. */
  readonly ranges: readonly string[];
  /** Zone -> range of a subnet for pods that lies in none of them. */
  readonly podRanges: Readonly<Record<string, string>>;
}

/**
 * AWS services inside the VPC, under their usual names: an interface in the intra subnet of each zone, and one security group
 * for all. Where no service is asked for, there is nothing.
 */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, { cluster, network, podRanges, ranges }: InterfaceEndpointsProps) {
    super(scope, id);
    const { slug, tfvars } = cluster;
    const services = interfaceEndpoints(tfvars);
    if (services.length === 0) return;

    const groupName = boundedName(slug, "endpoints", NAME_LIMITS.security_group);
    const group = new SecurityGroup(this, "security-group", {
      name: groupName,
      description: "Interface endpoints of AWS services",
      vpcId: network.vpc_id,
      tags: { Name: groupName },
    });
    const callers = [
      ...ranges.map((range) => [range.replaceAll(/[./]/g, "-"), range] as const),
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
    for (const service of services) {
      const policy = endpointPolicyOf(cluster, service);
      new VpcEndpoint(this, service.replaceAll(".", "-"), {
        vpcId: network.vpc_id,
        vpcEndpointType: "Interface",
        serviceName: endpointServiceName(service, tfvars.common.aws_region),
        privateDnsEnabled: true,
        subnetIds,
        securityGroupIds: [group.id],
        ...(policy === undefined ? {} : { policy }),
        tags: { Name: `${slug}-${service}` },
      });
    }
  }
}

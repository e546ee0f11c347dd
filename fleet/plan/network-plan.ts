import type { AwsService } from "../../aws/aws-services";
import { SUBNET_TIERS, type SubnetTier } from "../../language/words/subnet-tiers";
import type { Cluster, Networking, ZoneSubnets } from "../model/cluster";
import { endpointPolicy, endpointServiceName, gatewayEndpoints, interfaceEndpoints } from "../network/endpoints";
import { makesConnections, makesEndpoints, usesExistingVpc } from "../network/existing-vpc";
import { hasTier, podTier } from "../network/subnets";
import { setsDhcpOptions, vpcRanges } from "../network/vpc-ranges";

/** An endpoint of an AWS service in the VPC. */
export interface ServiceEndpoint {
  readonly service: AwsService | "s3" | "dynamodb";
  /** Name of the endpoint service, such as `com.amazonaws.eu-west-1.ecr.api`. */
  readonly serviceName: string;
}

/** Principals that may use endpoints: every principal, those of one account, or those of one organization. */
export type EndpointCallers =
  | { readonly of: "anyone" }
  | { readonly of: "account"; readonly id: string }
  | { readonly of: "organization"; readonly id: string };

/** A cluster's network, as it follows from its definition. */
export interface NetworkPlan {
  /** True if the VPC exists already; it is then only looked up. */
  readonly vpcExists: boolean;
  /** Zones of the region, in order. Local zones are not among them. */
  readonly zones: readonly string[];
  /** Zones and, after them, local zones, each with the ranges of its subnets; empty for an existing VPC. */
  readonly subnets: readonly ZoneSubnets[];
  /** Tiers that have subnets. */
  readonly tiers: readonly SubnetTier[];
  /** Tier whose subnets give pods their addresses. */
  readonly podTier: "private" | "pod";
  /** All IPv4 ranges of the VPC; of an existing VPC only the first. */
  readonly ranges: readonly string[];
  /** True if the VPC has IPv6 addresses beside those of IPv4. */
  readonly hasIpv6: boolean;
  /** True if instances get DHCP options other than those of AWS. */
  readonly setsDhcpOptions: boolean;
  /** True if the definition's connections (peering, transit, VPN, DNS) are created. */
  readonly addsConnections: boolean;
  /** Endpoints by routes; empty if the definition adds none to an existing VPC. */
  readonly gatewayEndpoints: readonly ServiceEndpoint[];
  /** Endpoints by network interfaces; empty if the definition adds none to an existing VPC. */
  readonly interfaceEndpoints: readonly ServiceEndpoint[];
  readonly endpointCallers: EndpointCallers;
}

/** Returns the plan of a cluster's network. */
export function planNetwork({ account, subnets, tfvars, zones }: Cluster): NetworkPlan {
  const { networking } = tfvars;
  const endpointsOf = (services: readonly ServiceEndpoint["service"][]): readonly ServiceEndpoint[] =>
    makesEndpoints(networking)
      ? services.map((service) => ({ service, serviceName: endpointServiceName(service, tfvars.common.aws_region) }))
      : [];
  return {
    vpcExists: usesExistingVpc(networking),
    zones,
    subnets,
    tiers: SUBNET_TIERS.filter((tier) => hasTier(networking, tier)),
    podTier: podTier(tfvars),
    ranges: vpcRanges(networking),
    hasIpv6: networking.ip_family !== "ipv4",
    setsDhcpOptions: setsDhcpOptions(networking.dhcp_options),
    addsConnections: makesConnections(networking),
    gatewayEndpoints: endpointsOf(gatewayEndpoints(networking)),
    interfaceEndpoints: endpointsOf(interfaceEndpoints(tfvars)),
    endpointCallers: endpointCallers(networking, account.id),
  };
}

function endpointCallers(networking: Networking, accountId: string): EndpointCallers {
  const policy = endpointPolicy(networking);
  switch (policy) {
    case "none":
      return { of: "anyone" };
    case "account":
      return { of: "account", id: accountId };
    case "organization": {
      const id = networking.organization_id;
      if (id === null) throw new TypeError("endpoint_policy is organization, but organization_id is missing");
      return { of: "organization", id };
    }
    default:
      return policy satisfies never;
  }
}

import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { Construct } from "constructs";
import type { NetworkPlan } from "../../fleet/plan/network-plan";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { TIERS } from "../../language/words/subnet-tiers";
import { endpointPolicyOf } from "./endpoint-policy";
import type { NetworkRef } from "./network-ref";

export interface GatewayEndpointsProps {
  readonly owner: Owner;
  readonly plan: Pick<NetworkPlan, "gatewayEndpoints" | "endpointCallers">;
  readonly network: Pick<NetworkRef, "route_table_ids" | "vpc_id">;
}

/** Creates endpoints of S3 and DynamoDB, by routes in all tables. Their state addresses have always been below the network itself. */
export function addGatewayEndpoints(scope: Construct, { network, owner, plan }: GatewayEndpointsProps): void {
  const tableIds = [...TIERS, "database" as const].flatMap((tier) => network.route_table_ids[tier] ?? []);
  for (const { service, serviceName } of plan.gatewayEndpoints) {
    new VpcEndpoint(scope, `${service}-endpoint`, {
      vpcId: network.vpc_id,
      vpcEndpointType: "Gateway",
      serviceName,
      routeTableIds: [...new Set(tableIds)],
      ...given({ policy: endpointPolicyOf(owner, plan.endpointCallers, service) }),
      tags: { Name: `${owner.slug}-${service}` },
    });
  }
}

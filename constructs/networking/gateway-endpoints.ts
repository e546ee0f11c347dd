import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";
import { endpointServiceName, gatewayEndpoints } from "../../fleet/network/endpoints";
import { TIERS } from "../../fleet/network/subnet-tiers";
import { endpointPolicyOf } from "./endpoint-policy";
import type { NetworkRef } from "./network-ref";

/** S3 and DynamoDB by routes of all tables. They hang under the network itself, where their addresses have been from the start. */
export function addGatewayEndpoints(
  network: Construct,
  cluster: Cluster,
  { route_table_ids, vpc_id }: Pick<NetworkRef, "route_table_ids" | "vpc_id">,
): void {
  const { slug, tfvars } = cluster;
  const tableIds = [...TIERS, "database" as const].flatMap((tier) => route_table_ids[tier] ?? []);
  for (const service of gatewayEndpoints(tfvars.networking)) {
    const policy = endpointPolicyOf(cluster, service);
    new VpcEndpoint(network, `${service}-endpoint`, {
      vpcId: vpc_id,
      vpcEndpointType: "Gateway",
      serviceName: endpointServiceName(service, tfvars.common.aws_region),
      routeTableIds: [...new Set(tableIds)],
      ...(policy === undefined ? {} : { policy }),
      tags: { Name: `${slug}-${service}` },
    });
  }
}

import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/cluster";
import { endpointServiceName, gatewayEndpoints } from "../../fleet/endpoints";
import { TIERS } from "../../fleet/tiers";
import { endpointPolicyOf } from "./endpoint-policy";
import { FlowLogs } from "./flow-logs";
import { NatGateways } from "./nat-gateways";
import type { NetworkRef } from "./network-ref";
import { Routing } from "./routing";
import { Subnets } from "./subnets";

/** The VPC of one cluster, with its subnets, ways out and flow logs. */
export class Network extends Construct {
  readonly ref: NetworkRef;

  constructor(scope: Construct, id: string, cluster: Cluster) {
    super(scope, id);
    const { slug, tfvars } = cluster;
    const { networking } = tfvars;

    const vpc = new Vpc(this, "Resource", {
      cidrBlock: networking.vpc_cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true, // nodes register, and private endpoints resolve, by name
      tags: { Name: slug },
      // Everything of the cluster is in it: where the cluster may not be deleted, no plan may replace or remove its VPC.
      lifecycle: { preventDestroy: tfvars.cluster.deletion_protection },
    });
    // What is made without a security group of its own gets this one, which then lets nothing in or out.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id, tags: { Name: `${slug}-default` } });
    const internet = new InternetGateway(this, "internet-gateway", { vpcId: vpc.id, tags: { Name: slug } });

    const subnets = new Subnets(this, "subnets", { slug, vpcId: vpc.id, ranges: cluster.subnets });
    const nat = new NatGateways(this, "nat", {
      slug,
      mode: networking.nat_gateways,
      publicSubnetIds: subnets.ids.public,
      after: internet,
    });
    const routing = new Routing(this, "routes", {
      slug,
      vpcId: vpc.id,
      subnetIds: subnets.ids,
      internetGatewayId: internet.id,
      natGatewayIds: nat.idByZone,
    });

    for (const service of gatewayEndpoints(networking)) {
      const policy = endpointPolicyOf(cluster, service);
      new VpcEndpoint(this, `${service}-endpoint`, {
        vpcId: vpc.id,
        vpcEndpointType: "Gateway",
        serviceName: endpointServiceName(service, tfvars.common.aws_region),
        routeTableIds: TIERS.flatMap((tier) => routing.tableIds[tier]),
        ...(policy === undefined ? {} : { policy }),
        tags: { Name: `${slug}-${service}` },
      });
    }
    if (networking.flow_logs.enabled) new FlowLogs(this, "flow-logs", { cluster, vpcId: vpc.id });

    this.ref = {
      vpc_id: vpc.id,
      vpc_cidr_block: networking.vpc_cidr,
      zones: cluster.subnets.map(({ zone }) => zone),
      subnet_ids: subnets.ids,
      route_table_ids: routing.tableIds,
    };
  }
}

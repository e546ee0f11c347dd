import { tableOf } from "./describe-network";
import type { Existing, Match, Matcher, Planned } from "./matching";

/** The zone and the tier in the name of a resource, such as `network_routes_private-eu-west-1a_1A2B3C4D`. */
function placeIn(name: string): { readonly tier: string; readonly zone: string | undefined } {
  const [, tier = "", zone] = /_(private|public|intra)(?:-([a-z]{2}(?:-[a-z]+)+-\d[a-z]))?[_-]/.exec(name) ?? [];
  return { tier, zone };
}

function subnetOf({ name }: Planned, { network }: Existing) {
  const { tier, zone } = placeIn(name);
  return zone === undefined ? undefined : network?.subnets[tier as "private"]?.[zone];
}

/** Returns the route table of a tier, or of one zone of it. */
function tableFor(planned: Planned, existing: Existing) {
  const { inventory, network } = existing;
  const { tier, zone } = placeIn(planned.name);
  const subnets = network?.subnets[tier as "private"] ?? {};
  const subnet = zone === undefined ? Object.values(subnets)[0] : subnets[zone];
  return subnet === undefined ? undefined : tableOf(subnet, inventory);
}

function gatewayIn({ name }: Planned, { inventory, network }: Existing) {
  const zone = /_([a-z]{2}(?:-[a-z]+)+-\d[a-z])(?:-address)?_/.exec(name)?.[1];
  return inventory.nat_gateways.find(
    ({ SubnetId }) =>
      Object.entries(network?.subnets.public ?? {}).find(([, each]) => each.SubnetId === SubnetId)?.[0] === zone,
  );
}

const byId = (id: string | undefined, more: Omit<Match, "id"> = {}): Match | undefined =>
  id === undefined ? undefined : { id, ...more };

/** Finds the resources of the stack networking, by their types. */
export const NETWORK_MATCHERS: Readonly<Record<string, Matcher>> = {
  aws_vpc: (_, { inventory: { dns_hostnames, dns_support, vpcs } }) =>
    byId(vpcs[0]?.VpcId, {
      actual: {
        cidr_block: vpcs[0]?.CidrBlock,
        instance_tenancy: vpcs[0]?.InstanceTenancy,
        enable_dns_support: dns_support,
        enable_dns_hostnames: dns_hostnames,
      },
    }),
  aws_default_security_group: (_, { inventory: { security_group_rules, security_groups } }) => {
    const group = security_groups.find(({ GroupName }) => GroupName === "default");
    const rules = security_group_rules.filter(({ GroupId }) => GroupId === group?.GroupId).length;
    return byId(group?.GroupId, {
      ...(rules > 0 && {
        change: `loses its ${rules} rules: check first that nothing uses the VPC's default security group`,
      }),
    });
  },
  aws_subnet: (planned, existing) => {
    const subnet = subnetOf(planned, existing);
    return byId(subnet?.SubnetId, {
      actual: {
        cidr_block: subnet?.CidrBlock,
        availability_zone: subnet?.AvailabilityZone,
        map_public_ip_on_launch: subnet?.MapPublicIpOnLaunch,
      },
    });
  },
  aws_internet_gateway: (_, { inventory }) => byId(inventory.internet_gateways[0]?.InternetGatewayId),
  aws_eip: (planned, existing) => byId(gatewayIn(planned, existing)?.NatGatewayAddresses[0]?.AllocationId),
  aws_nat_gateway: (planned, existing) => byId(gatewayIn(planned, existing)?.NatGatewayId),
  aws_route_table: (planned, existing) => byId(tableFor(planned, existing)?.RouteTableId),
  aws_route_table_association: (planned, existing) => {
    const subnet = subnetOf(planned, existing);
    const table = subnet && tableOf(subnet, existing.inventory);
    return byId(table && `${subnet.SubnetId}/${table.RouteTableId}`);
  },
  aws_route: (planned, existing) => {
    const table = tableFor(planned, existing);
    const destination = planned.settings["destination_cidr_block"];
    const exists = table?.Routes.some(({ DestinationCidrBlock }) => DestinationCidrBlock === destination) === true;
    return byId(exists ? `${table?.RouteTableId}_${String(destination)}` : undefined);
  },
  aws_vpc_endpoint: ({ name }, { inventory }) => {
    const service = /_(s3|dynamodb)-endpoint_/.exec(name)?.[1];
    return byId(
      inventory.vpc_endpoints.find(
        ({ ServiceName, VpcEndpointType }) => VpcEndpointType === "Gateway" && ServiceName.endsWith(`.${service}`),
      )?.VpcEndpointId,
    );
  },
};

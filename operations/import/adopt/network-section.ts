import type { Section } from "../draft";
import { type AdoptedTier, type DescribedNetwork, tableOf } from "./describe-network";
import type { Inventory, Subnet } from "./inventory";

/** Writes the network as one that the cluster has for itself, and that Terraform imports. */
export function ownNetwork(section: Section, inventory: Inventory, network: DescribedNetwork, notes: string[]): void {
  const [vpc] = inventory.vpcs;
  section.set("vpc_cidr", vpc?.CidrBlock);
  section.set("instance_tenancy", vpc?.InstanceTenancy === "dedicated" ? "dedicated" : undefined);
  section.set("availability_zones", [...network.zones]);
  const tiers = (["private", "public", "intra"] as const).filter(
    (tier) => Object.keys(network.subnets[tier]).length > 0,
  );
  section.set("subnet_tiers", [...tiers]);
  section.set("nat_gateways", network.nat);
  const ofPublic = Object.values(network.subnets.public);
  if (ofPublic.length > 0)
    section.set(
      "map_public_ip_on_launch",
      ofPublic.every((each) => each.MapPublicIpOnLaunch),
    );
  for (const tier of tiers)
    section.set(
      `subnet_ranges.${tier}`,
      Object.fromEntries(network.zones.map((zone) => [zone, network.subnets[tier][zone]?.CidrBlock])),
    );
  section.set("gateway_endpoints", gatewayEndpoints(inventory));
  section.set("flow_logs.enabled", false, "existing flow logs stay with their owner; recommended: true later");
  const others = inventory.vpc_endpoints.filter(({ VpcEndpointType }) => VpcEndpointType !== "Gateway").length;
  if (others > 0)
    notes.push(`${others} endpoints that are no gateways are not in the definition. They stay with their owner.`);
}

/** Returns the services whose gateway endpoints exist. */
function gatewayEndpoints({ vpc_endpoints }: Inventory): string[] {
  return (["s3", "dynamodb"] as const).filter((service) =>
    vpc_endpoints.some(
      ({ ServiceName, VpcEndpointType }) => VpcEndpointType === "Gateway" && ServiceName.endsWith(`.${service}`),
    ),
  );
}

/** Writes the network as an existing VPC, whose subnets stay with their owner. */
export function existingNetwork(section: Section, inventory: Inventory, notes: string[]): void {
  const { cluster, subnets, vpcs } = inventory;
  section.set("vpc_cidr", vpcs[0]?.CidrBlock);
  const used = new Set(cluster.resourcesVpcConfig.subnetIds);
  const byTier: Record<AdoptedTier, Record<string, Subnet>> = { private: {}, public: {}, intra: {} };
  // The subnets that the control plane uses come first, because its zones cannot change.
  for (const subnet of [...subnets].sort((a, b) => Number(used.has(b.SubnetId)) - Number(used.has(a.SubnetId)))) {
    const tier = leadsToInternet(subnet, inventory) ? "public" : "private";
    byTier[tier][subnet.AvailabilityZone] ??= subnet;
  }
  const ofControlPlane = subnets.filter(({ SubnetId }) => used.has(SubnetId));
  const zones = new Set(ofControlPlane.map(({ AvailabilityZone }) => AvailabilityZone));
  if (zones.size === ofControlPlane.length)
    for (const subnet of ofControlPlane) byTier.intra[subnet.AvailabilityZone] = subnet;
  else
    notes.push(
      "The control plane has several subnets in a zone. With this definition, it has one in each: its interfaces move.",
    );
  const inZones = (tier: AdoptedTier): [string, string][] =>
    Object.entries(byTier[tier])
      .filter(([zone]) => zones.has(zone))
      .map(([zone, { SubnetId }]) => [zone, SubnetId]);
  section.set("availability_zones", [...zones].sort());
  section.set("existing_vpc.vpc_id", cluster.resourcesVpcConfig.vpcId);
  for (const tier of ["private", "public", "intra"] as const) {
    const ids = inZones(tier).sort();
    if (ids.length > 0) section.set(`existing_vpc.subnet_ids.${tier}`, Object.fromEntries(ids));
  }
}

function leadsToInternet(subnet: Subnet, inventory: Inventory): boolean {
  const main = inventory.route_tables.find(({ Associations }) => Associations.some(({ Main }) => Main));
  const table = tableOf(subnet, inventory) ?? main;
  return table?.Routes.some(({ GatewayId }) => GatewayId?.startsWith("igw-") === true) === true;
}

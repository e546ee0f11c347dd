import { blockWithin, prefixLength } from "../../../language/words/cidr";
import type { Config } from "./config";
import { byDefault, type Translation } from "./translation";

const DEFAULT_RANGE = "192.168.0.0/16";

const NAT_GATEWAYS: Readonly<Record<string, string>> = {
  HighlyAvailable: "per_zone",
  Single: "single",
  Disable: "none",
};

/** Zones that eksctl chooses at random if the file names none. */
const ZONES = 3;
const ZONES_IN_US_EAST_1 = 2;

/** A subnet that a file names by its zone, or by any other name. */
interface NamedSubnet {
  readonly zone: string | undefined;
  readonly id: string | undefined;
  readonly config: Config;
}

/** Translates the VPC, its subnets and the endpoint of the API. Returns the range of the VPC. */
export function translateNetwork(translation: Translation): string {
  const { config, draft } = translation;
  const vpc = config.at("vpc");
  const networking = draft.section("networking");
  const range = vpc.at("cidr").text();
  byDefault(networking, "vpc_cidr", range, DEFAULT_RANGE);
  const exists = vpc.at("id").isSet || vpc.at("subnets").isSet;
  const zones = zonesOf(translation, exists);
  if (exists) existingVpc(translation);
  else newVpc(translation, range ?? DEFAULT_RANGE, zones);
  families(translation, range ?? DEFAULT_RANGE);
  endpoint(translation);
  securityGroups(translation);
  privateCluster(translation, exists);
  vpc.at("controlPlaneSubnetIDs").leave("the zone of each subnet is required: set existing_vpc.subnet_ids.intra");
  vpc.at("controlPlaneOnPrivateSubnets").skip("the control plane never uses public subnets here");
  vpc.at("controlPlaneEgressMode").leave("the pinned version of Terraform's AWS provider has no such setting");
  for (const key of ["ipv6Cidr", "ipv6Pool"]) vpc.at(key).leave("the VPC gets its IPv6 block from Amazon");
  return range ?? DEFAULT_RANGE;
}

/** Returns the names of the zones; undefined if they are not given. */
function zonesOf({ config, draft, note, region, zones }: Translation, exists: boolean): readonly string[] | undefined {
  const networking = draft.section("networking");
  const local = config.at("localZones").texts();
  networking.set("local_zones", local);
  const written = config.at("availabilityZones").texts();
  if (exists) return written; // the zones of an existing VPC are those of its subnets
  const names = written ?? (zones.length > 0 ? zones : undefined);
  if (names !== undefined) {
    networking.set("availability_zones", [...new Set(names)]);
    return [...new Set(names)];
  }
  const count = region === "us-east-1" ? ZONES_IN_US_EAST_1 : ZONES;
  networking.set("availability_zones", count, "eksctl chose zones at random: write their names");
  note(
    `The file names no zones, and eksctl chose ${count} at random. List them with \`aws ec2 describe-subnets\`, and pass --zones.`,
  );
  return undefined;
}

function newVpc({ config, draft }: Translation, range: string, zones: readonly string[] | undefined): void {
  const networking = draft.section("networking");
  const isPrivate = config.at("privateCluster", "enabled").peek() === true;
  networking.set("subnet_tiers", isPrivate ? ["private"] : ["private", "public"], "eksctl's subnets");
  const nat = config.at("vpc", "nat", "gateway");
  if (isPrivate) {
    networking.set("nat_gateways", "none");
    nat.skip("a private cluster has no NAT gateways");
  } else {
    byDefault(networking, "nat_gateways", NAT_GATEWAYS[nat.text() ?? ""], "single");
  }
  networking.set("private_dns_hostname_type_on_launch", config.at("vpc", "hostnameType").text());
  networking.set("map_public_ip_on_launch", isPrivate ? undefined : true, "as eksctl's public subnets");
  networking.set("flow_logs.enabled", false, "eksctl creates none; recommended: true");
  if (!isPrivate) networking.set("gateway_endpoints", [], "eksctl creates none");
  const local = (config.at("localZones").peek() ?? []) as readonly string[];
  if (zones === undefined) return;
  const ranges = subnetRanges(range, zones, local);
  if (ranges === undefined) return;
  networking.set("subnet_ranges.private", ranges.private, "where eksctl puts them");
  if (!isPrivate) networking.set("subnet_ranges.public", ranges.public);
}

/** Returns the ranges of eksctl's subnets: it cuts the VPC into 8 or 16 blocks, and uses the first ones for the public subnets. */
function subnetRanges(range: string, zones: readonly string[], local: readonly string[]) {
  const every = [...zones, ...local];
  if (every.length > 8 || !/^[\d.]+\/\d+$/.test(range)) return undefined;
  const length = prefixLength(range) + (every.length * 2 <= 8 ? 3 : 4);
  const blocks = (first: number): Readonly<Record<string, string | undefined>> =>
    Object.fromEntries(every.map((zone, index) => [zone, blockWithin(range, length, first + index)]));
  return { public: blocks(0), private: blocks(every.length) };
}

function existingVpc({ config, draft, note }: Translation): void {
  const networking = draft.section("networking");
  const zones = new Set<string>();
  const id = config.at("vpc", "id").text();
  networking.set("existing_vpc.vpc_id", id);
  if (id === undefined) note("The file names subnets without their VPC. Set networking.existing_vpc.vpc_id.");
  for (const tier of ["private", "public"] as const) {
    const ids = config.at("vpc", "subnets", tier).entries().map(namedSubnet);
    const known = ids.filter((subnet): subnet is NamedSubnet & { zone: string; id: string } =>
      Boolean(subnet.zone !== undefined && subnet.id !== undefined),
    );
    for (const subnet of ids) {
      if (known.some((each) => each === subnet)) subnet.config.value();
      else {
        const lacks = subnet.id === undefined ? "its id" : "its zone";
        subnet.config.leave(
          `${lacks} is required: set existing_vpc.subnet_ids.${tier} to a map from zones to ids of subnets`,
        );
      }
    }
    for (const { zone } of known) zones.add(zone);
    if (known.length > 0)
      networking.set(`existing_vpc.subnet_ids.${tier}`, Object.fromEntries(known.map(({ id, zone }) => [zone, id])));
  }
  if (zones.size > 0) networking.set("availability_zones", [...zones].sort());
  const skipped = "the VPC exists, so its gateways do too";
  config.at("vpc", "nat").skip(skipped);
  config.at("vpc", "hostnameType").skip("the subnets exist");
}

function namedSubnet([name, config]: readonly [string, Config]): NamedSubnet {
  const { az, id } = config.peek() as { readonly az?: string; readonly id?: string };
  const isZone = /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/.test(name);
  return { zone: az ?? (isZone ? name : undefined), id, config };
}

function families({ config, draft }: Translation, range: string): void {
  const networking = draft.section("networking");
  const network = config.at("kubernetesNetworkConfig");
  const family = network.at("ipFamily").text();
  const allocates = config.at("vpc", "autoAllocateIPv6").flag() === true;
  if (family === "IPv6") networking.set("ip_family", "ipv6");
  else if (allocates) networking.set("ip_family", "dual_stack");
  network.at("serviceIPv6CIDR").leave("EKS chooses the IPv6 range of Services");
  const services = network.at("serviceIPv4CIDR").text();
  if (family === "IPv6") return;
  byDefault(
    draft.section("cluster"),
    "service_ipv4_cidr",
    services,
    range.startsWith("10.") ? "172.20.0.0/16" : "10.100.0.0/16",
    "what EKS chooses for this VPC",
  );
}

function endpoint({ config, draft }: Translation): void {
  const cluster = draft.section("cluster");
  const vpc = config.at("vpc");
  const isPrivate = config.at("privateCluster", "enabled").peek() === true;
  const { privateAccess, publicAccess } = {
    publicAccess: vpc.at("clusterEndpoints", "publicAccess").flag(),
    privateAccess: vpc.at("clusterEndpoints", "privateAccess").flag(),
  };
  byDefault(cluster, "endpoint_public_access", publicAccess, !isPrivate);
  byDefault(cluster, "endpoint_private_access", privateAccess, isPrivate);
  const ranges = vpc.at("publicAccessCIDRs").texts();
  if (publicAccess ?? !isPrivate) {
    byDefault(
      cluster,
      "public_access_cidrs",
      ranges,
      ["0.0.0.0/0"],
      "eksctl's default: everybody. List those who use it",
    );
    if (config.at("kubernetesNetworkConfig", "ipFamily").peek() === "IPv6" && ranges === undefined)
      cluster.set("public_access_ipv6_cidrs", ["::/0"], "eksctl's default: everybody");
  } else vpc.at("publicAccessCIDRs").skip("the endpoint is not public");
  cluster.set("private_access_cidrs", vpc.at("extraCIDRs").texts());
  for (const [index, range] of (vpc.at("extraIPv6CIDRs").texts() ?? []).entries()) {
    const rule = { name: `api-ipv6-${index + 1}`, direction: "ingress", protocol: "tcp", from_port: 443 };
    const item = cluster.section("security_groups").section("control_plane").item("rules");
    for (const [key, value] of Object.entries({ ...rule, ipv6_cidr: range })) item.set(key, value);
  }
}

function securityGroups({ config, draft }: Translation): void {
  const vpc = config.at("vpc");
  const own = vpc.at("securityGroup").text();
  const ids = [...(own === undefined ? [] : [own]), ...(vpc.at("controlPlaneSecurityGroupIDs").texts() ?? [])];
  if (ids.length > 0)
    draft
      .section("cluster")
      .set("security_groups.control_plane.additional_ids", ids, "beside the group that this program creates");
  const shared = vpc.at("sharedNodeSecurityGroup").text();
  if (shared !== undefined)
    draft
      .section("worker_defaults")
      .set("additional_security_group_ids", [shared], "beside the group that this program creates");
  vpc.at("manageSharedNodeSecurityGroupRules").skip("no rule of the group is managed here");
}

function privateCluster({ config, draft }: Translation, exists: boolean): void {
  const isPrivate = config.at("privateCluster");
  const networking = draft.section("networking");
  const enabled = isPrivate.at("enabled").flag();
  networking.set("private", enabled === true ? true : undefined);
  const services = isPrivate.at("additionalEndpointServices").texts();
  networking.set("interface_endpoints", services);
  const skip = isPrivate.at("skipEndpointCreation");
  if (!exists) {
    if (skip.peek() === true) skip.leave("a private network always has the endpoints that it requires");
    else skip.skip("endpoints are created");
    return;
  }
  const creates = enabled === true && skip.flag() !== true;
  networking.set("existing_vpc.add_endpoints", creates ? true : undefined);
}

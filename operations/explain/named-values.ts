import { architectureOf, instanceTypes } from "../../aws/instance-types";
import { NO_PLATFORM } from "../../fleet/schema/releases/release";
import type { Path } from "../../language/yaml/tree";
import type { OpenCluster } from "./open-cluster";

/** Returns the values that the meaning of a key suggests: names of other files, regions, zones, versions and instance types. */
export function namedValues(
  { cluster, file, layers, subject }: OpenCluster,
  path: Path,
  value: unknown,
): readonly unknown[] {
  const key = path.filter((step) => typeof step === "string").join(".");
  switch (key) {
    case "meta.ACCOUNT":
      return layers.files.names("accounts");
    case "meta.TIER":
      return layers.files.names("tiers");
    case "meta.RELEASE_MODEL":
      return layers.models() ?? [];
    case "tfvars.addons.platform":
      return [...layers.platforms(file.chosen.release).keys(), NO_PLATFORM];
    case "tfvars.cluster.kubernetes_version":
      return Object.keys(subject.release?.kubernetes ?? {});
    case "tfvars.common.aws_region":
      return regionsLike(String(value), subject.regions);
    case "tfvars.workers.instance_types":
    case "tfvars.worker_defaults.instance_types":
    case "tfvars.node_pools.instance_types":
      return Array.isArray(value) ? value.flatMap((type) => like(type).map((other) => [other])) : like(value);
    case "tfvars.workers.availability_zones":
    case "tfvars.worker_defaults.availability_zones":
      return cluster.zones.map((zone) => [zone]);
    case "tfvars.networking.nat_gateway_eip_allocation_ids":
      return [cluster.zones.map((_, index) => `eipalloc-0123456789abcde${index}0`), ["eipalloc-0123456789abcdef0"], []];
    case "tfvars.networking.client_vpn_associations":
      return [[...listOf(value), { ...VPN_ASSOCIATION, availability_zones: cluster.zones }], []];
    case "tfvars.networking.subnet_ranges.private":
    case "tfvars.networking.subnet_ranges.public":
      return [Object.fromEntries(cluster.zones.map((zone, index) => [zone, `10.250.${index}.0/24`])), {}];
    case "tfvars.networking.subnet_prefix_lengths.private":
    case "tfvars.networking.subnet_prefix_lengths.public":
    case "tfvars.networking.subnet_prefix_lengths.intra":
    case "tfvars.networking.subnet_prefix_lengths.pod":
      return [24, 26, 20, 22, null]; // small subnets fit into any VPC
    default:
      return [];
  }
}

const VPN_ASSOCIATION = {
  name: "another-value",
  client_vpn_endpoint_id: "cvpn-endpoint-0123456789abcdef0",
  tier: "private",
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function regionsLike(region: string, regions: OpenCluster["subject"]["regions"]): readonly string[] {
  const partition = regions[region]?.partition;
  return Object.keys(regions).filter((name) => regions[name]?.partition === partition);
}

/** Returns instance types of the same architecture, first those of the same family. */
function like(type: unknown): readonly string[] {
  const name = String(type);
  const [family = ""] = name.split(".");
  const every = instanceTypes();
  if (!every.includes(name)) return [];
  const same = every.filter((other) => architectureOf(other) === architectureOf(name));
  return [...same.filter((other) => other.startsWith(`${family}.`)), ...same].slice(0, 6);
}

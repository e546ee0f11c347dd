import type { Booted, OperatingSystem } from "../../../aws/ami";
import { namedTwice } from "../../../language/twice";
import { eachItem } from "../../rules/each-item";
import { noEffect, requires } from "../../rules/forms";
import { noSubnets } from "../../rules/missing-subnets";
import { bottlerocketSettings } from "../workers/bottlerocket-settings";
import { nodeConfig, overriddenKubelet } from "../workers/node-config";
import { scriptFindings } from "../workers/worker-boot";
import { evictionPairs, imageShares } from "../workers/worker-kubelet";
import { dataVolumes, volumeKeys } from "../workers/worker-volumes";
import type { NodePool, PoolRule } from "./each-pool";

const SYSTEMS = {
  AL2023: "AL2023",
  Bottlerocket: "BOTTLEROCKET",
} as const satisfies Readonly<Record<NodePool["ami_family"], OperatingSystem>>;

/** Returns what a pool's nodes boot in the words of a worker group, whose rules apply to a pool too. */
function booted({ ami_family }: NodePool): Booted {
  const type = { AL2023: "AL2023_x86_64_STANDARD", BOTTLEROCKET: "BOTTLEROCKET_x86_64" } as const;
  return { ami_type: type[SYSTEMS[ami_family]], ami_family: null };
}

const subnets: PoolRule = ({ subnet_tier }, { definition }) => {
  // That private subnets exist is a rule of the network.
  const missing = subnet_tier === "private" ? undefined : noSubnets(definition.tfvars.networking, subnet_tier);
  return missing === undefined ? [] : [{ path: ["subnet_tier"], ...missing }];
};

const publicAddress: PoolRule = ({ associate_public_ip_address, subnet_tier }) =>
  associate_public_ip_address && subnet_tier !== "public"
    ? [
        noEffect(
          ["associate_public_ip_address"],
          `nothing routes from the internet to ${subnet_tier} subnets`,
          "or set subnet_tier: public",
        ),
      ]
    : [];

/** Karpenter's nodes have no address of their own by default, and no NAT gateway is on the way out of a public subnet. */
const wayOut: PoolRule = ({ associate_public_ip_address, kind, subnet_tier }, { definition }) => {
  const { networking } = definition.tfvars;
  if (subnet_tier !== "public" || associate_public_ip_address || kind === "auto_mode") return [];
  if (networking.ip_family !== "ipv4" || noSubnets(networking, subnet_tier) !== undefined) return [];
  const message =
    "is public, but without public addresses the nodes reach no registry and no AWS API. Set associate_public_ip_address: true";
  return [{ path: ["subnet_tier"], message }];
};

const foundBy: PoolRule = ({ capacity_reservations }) =>
  eachItem(["capacity_reservations"], capacity_reservations, [
    ({ id, tags }) =>
      (id === undefined) === (tags === undefined)
        ? [{ path: [], message: `must have one of id and tags, but has ${id === undefined ? "none" : "both"}` }]
        : [],
  ]);

const reservations: PoolRule = ({ capacity_reservations, capacity_types }) => {
  const reserved = capacity_types.includes("reserved");
  if (reserved && capacity_reservations.length === 0)
    return [requires(["capacity_types"], "capacity_reservations for reserved", "List reservations or remove reserved")];
  if (reserved || capacity_reservations.length === 0) return [];
  return [noEffect(["capacity_reservations"], "capacity_types does not contain reserved", "or add reserved there")];
};

/** Regions with FIPS images for Auto Mode (EKS User Guide, security settings of Auto Mode's nodes). */
const REGIONS_OF_FIPS = /^(?:us|ca)-/;

const fips: PoolRule = (pool, { definition }) => {
  const region = definition.tfvars.common.aws_region;
  if (!pool.fips || pool.kind !== "auto_mode" || REGIONS_OF_FIPS.test(region)) return [];
  const message = `requires a region in the United States or Canada, but the nodes run in ${region}. Remove it`;
  return [{ path: ["fips"], message, because: [["name"]] }];
};

const hops: PoolRule = ({ kind, metadata_options: { http_put_response_hop_limit: limit } }) => {
  if (limit === 1 || kind === "auto_mode") return [];
  const path = ["metadata_options", "http_put_response_hop_limit"];
  const message = `lets every pod of the pool use the nodes' role, because it is ${limit}. Set it to 1 and give pods their own roles with EKS Pod Identity`;
  return [{ path, message, severity: "warning" }];
};

const script: PoolRule = ({ ami_family, pre_bootstrap_script }) =>
  pre_bootstrap_script === null
    ? []
    : scriptFindings(pre_bootstrap_script, SYSTEMS[ami_family], ["pre_bootstrap_script"]);

const settings: PoolRule = (pool) => {
  const { ami_family, ami_ids, bottlerocket_settings } = pool;
  // A group writes the images of its own this way.
  const image = ami_ids.length === 0 ? booted(pool) : { ami_type: "CUSTOM" as const, ami_family: SYSTEMS[ami_family] };
  return bottlerocketSettings({ ...image, bottlerocket_settings }, false);
};

/** Settings of a pool's instances are possible, and have an effect. */
export const classRules: readonly PoolRule[] = [
  subnets,
  publicAddress,
  wayOut,
  foundBy,
  reservations,
  hops,
  fips,
  (pool, { definition }) => volumeKeys(pool, definition.tfvars.common.aws_region),
  (pool) => dataVolumes({ ...booted(pool), data_volumes: pool.data_volumes }),
  script,
  (pool) => nodeConfig({ ...booted(pool), node_config: pool.node_config }),
  overriddenKubelet,
  settings,
  ({ kubelet }) => evictionPairs(kubelet),
  ({ kubelet }) => imageShares(kubelet),
  ({ ami_ids }) => namedTwice(ami_ids, ["ami_ids"]),
  ({ additional_security_group_ids: ids }) => namedTwice(ids, ["additional_security_group_ids"]),
];

import { blockWithin, prefixLength } from "../../language/words/cidr";
import { SUBNET_TIERS, type SubnetTier, type Tier } from "../../language/words/subnet-tiers";
import type { Cluster, Networking, ZoneSubnets } from "../model/cluster";
import { usesExistingVpc } from "./existing-vpc";

/** Kinds of subnets that have a size of their own: the tiers, and those of local zones. */
export type SubnetKind = keyof Networking["subnet_prefix_lengths"];

/**
 * Where the subnets of a kind begin, in sixteenths of the VPC, and how many sixteenths they have. A zone's subnet is found by its
 * place alone, so neither a zone that is added at the end nor another tier moves any. Pods' are cut from the secondary blocks.
 */
const REGION: Readonly<Record<Exclude<SubnetKind, "pod">, { readonly start: number; readonly length: number }>> = {
  private: { start: 0, length: 8 },
  public: { start: 8, length: 2 },
  local_private: { start: 10, length: 1 },
  local_public: { start: 11, length: 1 },
  intra: { start: 12, length: 2 },
  database: { start: 14, length: 2 },
};

/** Those shares in messages. */
export const SHARE: Readonly<Record<Exclude<SubnetKind, "pod">, string>> = {
  private: "half",
  public: "an eighth",
  local_private: "a sixteenth",
  local_public: "a sixteenth",
  intra: "an eighth",
  database: "an eighth",
};

/** Bits below the prefix of what they are cut from, where the definition names no prefix length. */
const DEFAULT_BITS: Readonly<Record<SubnetKind, number>> = {
  private: 4,
  public: 8,
  intra: 8,
  pod: 3,
  database: 8,
  local_private: 6,
  local_public: 8,
};

/** Prefix length of the smallest subnet that AWS accepts. */
const SMALLEST = 28;

/** Returns the ranges of a kind's subnets by their zones, where a definition lists them; local zones are among the others. */
export function listedRanges({ subnet_ranges }: Networking, kind: SubnetKind): Readonly<Record<string, string>> {
  const tier = kind.replace("local_", "");
  return Object.hasOwn(subnet_ranges, tier) ? subnet_ranges[tier as keyof typeof subnet_ranges] : {};
}

/** Returns the prefix length of a kind's subnets: the definition's, or by its share of the VPC or of the first secondary block. */
export function tierPrefixLength(networking: Networking, kind: SubnetKind): number {
  const listed = Object.values(listedRanges(networking, kind)).map(prefixLength);
  if (listed.length > 0) return Math.max(...listed); // of the smallest
  const { secondary_cidr_blocks, subnet_prefix_lengths, vpc_cidr } = networking;
  const whole = kind === "pod" ? (secondary_cidr_blocks[0] ?? vpc_cidr) : vpc_cidr;
  return subnet_prefix_lengths[kind] ?? Math.min(prefixLength(whole) + DEFAULT_BITS[kind], SMALLEST);
}

/** The range of a kind's subnet in the zone at `place`; undefined where there is no room for it. */
function subnetRange(networking: Networking, kind: SubnetKind, place: number): string | undefined {
  const prefix = tierPrefixLength(networking, kind);
  if (prefix > SMALLEST) return undefined;
  if (kind === "pod") return podRange(networking.secondary_cidr_blocks, prefix, place);
  const { start, length } = REGION[kind];
  const vpc = prefixLength(networking.vpc_cidr);
  if ((place + 1) * 2 ** (32 - prefix) > length * 2 ** (32 - vpc - 4)) return undefined;
  return blockWithin(networking.vpc_cidr, prefix, start * 2 ** (prefix - vpc - 4) + place);
}

/** Counted through the blocks in their order: a further block moves no subnet. */
function podRange(blocks: readonly string[], prefix: number, place: number): string | undefined {
  let left = place;
  for (const block of blocks) {
    const room = Math.floor(2 ** (prefix - prefixLength(block)));
    if (left < room) return blockWithin(block, prefix, left);
    left -= room;
  }
  return undefined;
}

/** Returns the kinds of subnets in a new VPC, for the region's zones and for local zones. */
export function kindsOf(networking: Networking): readonly SubnetKind[] {
  const tiers = SUBNET_TIERS.filter((tier) => hasTier(networking, tier));
  const local =
    networking.local_zones.length === 0 ? [] : (["private", "public"] as const).filter((tier) => tiers.includes(tier));
  return [...tiers, ...local.map((tier) => `local_${tier}` as const)];
}

/** True if a kind's subnets do not fit for so many zones of the region. */
export function doesNotFit(networking: Networking, kind: SubnetKind, zones: number): boolean {
  if (Object.keys(listedRanges(networking, kind)).length > 0) return false;
  const count = kind.startsWith("local_") ? networking.local_zones.length : zones;
  return subnetRange(networking, kind, count - 1) === undefined;
}

/** Returns the kinds that do not fit for so many zones of the region. */
export function kindsThatDoNotFit(networking: Networking, zones: number): readonly SubnetKind[] {
  return kindsOf(networking).filter((kind) => doesNotFit(networking, kind, zones));
}

/** Every zone's ranges, in the zones' order, and those of the local zones after them. The VPC must be large enough. */
export function layOutSubnets(networking: Networking, zones: readonly string[]): ZoneSubnets[] {
  if (usesExistingVpc(networking)) return [];
  const kinds = kindsOf(networking);
  const ranges = (zone: string, place: number, local: boolean): ZoneSubnets => ({
    zone,
    ...Object.fromEntries(
      kinds
        .filter((kind) => kind.startsWith("local_") === local)
        .flatMap((kind) => {
          const listed = listedRanges(networking, kind);
          // A list without a zone has an error of its own.
          if (Object.keys(listed).length > 0 && listed[zone] === undefined) return [];
          const cidr = listed[zone] ?? subnetRange(networking, kind, place);
          if (cidr === undefined)
            throw new RangeError(`no ${kind} subnet of ${networking.vpc_cidr} is left for ${zone}`);
          return [[kind.replace("local_", ""), cidr]];
        }),
    ),
  });
  return [
    ...zones.map((zone, place) => ranges(zone, place, false)),
    ...networking.local_zones.map((zone, place) => ranges(zone, place, true)),
  ];
}

/** The tier whose subnets pods get their addresses from. */
export function podTier({ networking, cluster }: Cluster["tfvars"]): "private" | "pod" {
  return hasTier(networking, "pod") && cluster.vpc_cni.custom_networking !== false ? "pod" : "private";
}

/** True if the network has subnets of a tier, in a new or an existing VPC. */
export function hasTier(networking: Networking, tier: SubnetTier): boolean {
  if (!usesExistingVpc(networking)) {
    return networking.subnet_tiers.includes(tier) && !(tier === "public" && networking.private);
  }
  const { subnet_ids, subnet_tags } = networking.existing_vpc;
  return Object.keys(subnet_ids[tier]).length > 0 || Object.keys(subnet_tags[tier]).length > 0;
}

/** Returns the tier that has the interfaces of endpoints, transit gateways and the DNS resolver. */
export function connectionTier(networking: Networking): "intra" | "private" {
  return hasTier(networking, "intra") ? "intra" : "private";
}

/** True if a zone of the network has a subnet of a tier. Local zones have 2 tiers, and an existing VPC can have any. */
export function hasSubnet(networking: Networking, tier: SubnetTier, zone: string): boolean {
  if (!hasTier(networking, tier)) return false;
  if (networking.local_zones.includes(zone) && tier !== "private" && tier !== "public") return false;
  if (!usesExistingVpc(networking)) return true;
  const { subnet_ids, subnet_tags } = networking.existing_vpc;
  return subnet_ids[tier][zone] !== undefined || Object.keys(subnet_tags[tier]).length > 0;
}

/** Returns a text that changes when a zone's subnet of a tier is another one: its range, or how it is found. */
export function subnetSeed({ subnets, tfvars }: Cluster, tier: Tier, zone: string): string {
  const { subnet_ids, subnet_tags } = tfvars.networking.existing_vpc;
  const own = subnets.find((subnet) => subnet.zone === zone)?.[tier];
  if (own !== undefined) return own;
  return subnet_ids[tier][zone] ?? JSON.stringify(Object.entries(subnet_tags[tier]).sort());
}

import { blockWithin, prefixLength } from "./cidr";
import type { Networking, ZoneSubnets } from "./cluster";
import { TIERS, type Tier } from "./tiers";

/**
 * Where each tier's subnets begin, in eighths of the VPC, and how many eighths they have. A zone's subnet is found by its
 * place alone, so a zone that is added at the end moves no other; the rest stays free for tiers to come.
 */
const REGION: Readonly<Record<Tier, { readonly eighth: number; readonly eighths: number }>> = {
  private: { eighth: 0, eighths: 4 },
  public: { eighth: 4, eighths: 1 },
  intra: { eighth: 6, eighths: 1 },
};

/** Bits below the VPC's prefix where the definition names no prefix length: a sixteenth, and 256ths. */
const DEFAULT_BITS: Readonly<Record<Tier, number>> = { private: 4, public: 8, intra: 8 };

/** The smallest subnet that a VPC takes. */
const SMALLEST = 28;

/** The prefix length of a tier's subnets: what the definition says, or the tier's share of the VPC. */
export function tierPrefixLength(networking: Networking, tier: Tier): number {
  return (
    networking.subnet_prefix_lengths[tier] ?? Math.min(prefixLength(networking.vpc_cidr) + DEFAULT_BITS[tier], SMALLEST)
  );
}

/** The range of a tier's subnet in the zone at `place`; undefined where the VPC is too small for it. */
function subnetRange(networking: Networking, tier: Tier, place: number): string | undefined {
  const prefix = tierPrefixLength(networking, tier);
  const { eighth, eighths } = REGION[tier];
  const vpc = prefixLength(networking.vpc_cidr);
  if (prefix > SMALLEST || (place + 1) * 2 ** (32 - prefix) > eighths * 2 ** (32 - vpc - 3)) return undefined;
  return blockWithin(networking.vpc_cidr, prefix, eighth * 2 ** (prefix - vpc - 3) + place);
}

/** The tiers that do not fit into the VPC for so many zones. */
export function tiersThatDoNotFit(networking: Networking, zones: number): Tier[] {
  return TIERS.filter((tier) => subnetRange(networking, tier, zones - 1) === undefined);
}

/** Every zone's ranges, in the zones' order. The VPC must be large enough. */
export function layOutSubnets(networking: Networking, zones: readonly string[]): ZoneSubnets[] {
  return zones.map((zone, place) => {
    const range = (tier: Tier): string => {
      const cidr = subnetRange(networking, tier, place);
      if (cidr === undefined) throw new RangeError(`no ${tier} subnet of ${networking.vpc_cidr} is left for ${zone}`);
      return cidr;
    };
    return { zone, public: range("public"), private: range("private"), intra: range("intra") };
  });
}

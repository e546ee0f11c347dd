import { listed } from "../../../language/suggest";
import { contains, overlaps } from "../../../language/words/cidr";
import type { Networking } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier, layOutSubnets } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const RANGES = [...NETWORKING, "subnet_ranges"] as const;

type Tier = keyof Networking["subnet_ranges"];
const TIERS: readonly Tier[] = ["private", "public", "intra", "database"];

/** A tier whose ranges are listed. */
interface Listed {
  readonly tier: Tier;
  readonly ranges: readonly (readonly [zone: string, range: string])[];
  readonly networking: Networking;
  readonly subject: Subject;
}

/** Returns a check of each tier whose ranges are listed. */
function eachTier(rule: (listed: Listed) => readonly Finding[]): Check {
  return (subject) => {
    const { networking } = subject.definition.tfvars;
    if (usesExistingVpc(networking)) return [];
    return TIERS.flatMap((tier) => {
      const ranges = Object.entries(networking.subnet_ranges[tier]);
      return ranges.length === 0 ? [] : [...rule({ tier, ranges, networking, subject })];
    });
  };
}

/** Local zones have 2 tiers. */
function zonesOfTier({ networking, subject, tier }: Listed): readonly string[] {
  const local = tier === "private" || tier === "public" ? networking.local_zones : [];
  return [...zonesOf(subject), ...local];
}

const tierExists = eachTier(({ networking, tier }) =>
  hasTier(networking, tier)
    ? []
    : [noEffect([...RANGES, tier], `the network has no ${tier} subnets`, `or add ${tier} to subnet_tiers`)],
);

const zonesExist = eachTier((tier) => {
  const zones = zonesOfTier(tier);
  return tier.ranges
    .filter(([zone]) => zones.length > 0 && !zones.includes(zone))
    .map(([zone]) => ({
      path: [...RANGES, tier.tier, zone],
      message: `${zone} is not a zone of the network. Its zones: ${listed(zones)}`,
    }));
});

const everyZoneHasARange = eachTier((tier) => {
  const missing = zonesOfTier(tier).filter((zone) => !tier.ranges.some(([named]) => named === zone));
  if (missing.length === 0 || !hasTier(tier.networking, tier.tier)) return [];
  return [{ path: [...RANGES, tier.tier], message: `lists no range for ${listed(missing)}. List every zone, or none` }];
});

const rangesAreInTheVpc = eachTier(({ networking: { vpc_cidr }, ranges, tier }) =>
  ranges
    .filter(([, range]) => !contains(vpc_cidr, range))
    .map(([zone, range]) => ({
      path: [...RANGES, tier, zone],
      message: `${range} is not in vpc_cidr ${vpc_cidr}. Choose a range in it`,
    })),
);

const lengthsAreNotSetToo = eachTier(({ networking, tier }) => {
  const path = [...NETWORKING, "subnet_prefix_lengths", tier];
  return networking.subnet_prefix_lengths[tier] === null
    ? []
    : [{ own: true, ...noEffect(path, `subnet_ranges lists the ${tier} subnets`) }];
});

/** Subnets whose ranges are computed can be in the way too. */
const rangesDoNotOverlap: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  if (usesExistingVpc(networking) || TIERS.every((tier) => Object.keys(networking.subnet_ranges[tier]).length === 0))
    return [];
  const subnets = layOutSubnets(networking, zonesOf(subject)).flatMap(({ zone, ...tiers }) =>
    Object.entries(tiers).map(([tier, range]) => ({ zone, tier, range: range ?? "" })),
  );
  return subnets.flatMap(({ range, tier, zone }, index) => {
    const written = networking.subnet_ranges[tier as Tier]?.[zone];
    const other = subnets.find(
      (each, place) => place !== index && overlaps(each.range, range) && (place < index || !isListed(networking, each)),
    );
    if (written === undefined || other === undefined) return [];
    const message = `${range} overlaps subnet ${other.tier} of ${other.zone} (${other.range}). Choose another range`;
    return [{ path: [...RANGES, tier, zone], message }];
  });
};

function isListed(
  { subnet_ranges }: Networking,
  { tier, zone }: { readonly tier: string; readonly zone: string },
): boolean {
  return subnet_ranges[tier as Tier]?.[zone] !== undefined;
}

/** Rules about the ranges of subnets that a definition lists. */
export const subnetRangeRules: readonly Check[] = [
  tierExists,
  zonesExist,
  everyZoneHasARange,
  rangesAreInTheVpc,
  lengthsAreNotSetToo,
  rangesDoNotOverlap,
];

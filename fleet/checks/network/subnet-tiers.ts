import { namedTwice } from "../../../language/twice";
import { contains, overlaps } from "../../../language/words/cidr";
import { SUBNET_TIERS, type SubnetTier } from "../../../language/words/subnet-tiers";
import type { Networking } from "../../model/cluster";
import { discoveryKeys, KARPENTER_DISCOVERY } from "../../network/discovery-tags";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { PRIVATE_SPACE } from "../../network/zones";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, ownTags, requires } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const TIERS = [...NETWORKING, "subnet_tiers"] as const;
const BLOCKS = [...NETWORKING, "secondary_cidr_blocks"] as const;
const SIZES = [...NETWORKING, "subnet_prefix_lengths"] as const;
const LOCAL_ZONES = [...NETWORKING, "local_zones"] as const;
const SHARED_SPACE = "100.64.0.0/10";

const tiersOnce: Check = ({ definition }) => namedTwice(definition.tfvars.networking.subnet_tiers, TIERS);

const hasPrivateTier: Check = ({ definition }) =>
  definition.tfvars.networking.subnet_tiers.includes("private")
    ? []
    : [{ path: TIERS, message: "must have private, because nodes use its subnets" }];

const podSubnetsHaveBlocks: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (!hasTier(networking, "pod") || networking.secondary_cidr_blocks.length > 0) return [];
  const path = [...TIERS, networking.subnet_tiers.indexOf("pod")];
  const what = "secondary_cidr_blocks, which pod subnets are parts of";
  return [requires(path, what, "Add a block, such as 100.64.0.0/16")];
};

const blocksHavePodSubnets: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (hasTier(networking, "pod") || networking.secondary_cidr_blocks.length === 0) return [];
  return [noEffect(BLOCKS, "the network has no pod subnets", "or add pod to subnet_tiers")];
};

/** Reports a key of a tier that the network does not have; a layer may set it for clusters that have the tier. */
function withoutTier(networking: Networking, tier: SubnetTier, path: Finding["path"]): Finding[] {
  if (hasTier(networking, tier)) return [];
  return [{ own: true, ...noEffect(path, `the network has no ${tier} subnets`, `or add ${tier} to subnet_tiers`) }];
}

const mapsAddressesOfPublicSubnets: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (!networking.map_public_ip_on_launch) return [];
  return withoutTier(networking, "public", [...NETWORKING, "map_public_ip_on_launch"]);
};

/** The tag for load balancers inside the network, which any tier may have. */
const OF_INTERNAL = "kubernetes.io/role/internal-elb";

/** Rules about the settings of one tier. */
function settingsOf(tier: SubnetTier): readonly Check[] {
  const path = [...NETWORKING, "subnet_tags", tier];
  const keysOf = (networking: Networking): readonly string[] => Object.keys(networking.subnet_tags[tier]);

  const sizesExistingSubnets: Check = ({ definition: { tfvars } }) =>
    tier === "private" || tfvars.networking.subnet_prefix_lengths[tier] === null
      ? []
      : withoutTier(tfvars.networking, tier, [...SIZES, tier]);

  const tagsExistingSubnets: Check = ({ definition: { tfvars } }) =>
    keysOf(tfvars.networking).length === 0 ? [] : withoutTier(tfvars.networking, tier, path);

  const keepsOwnTags: Check = ({ definition: { tfvars } }) => ownTags(path, tfvars.networking.subnet_tags[tier]);

  const keepsDiscoveryTags: Check = ({ definition: { tfvars } }) =>
    discoveryKeys(tier)
      .filter((own) => keysOf(tfvars.networking).includes(own))
      .map((key) => {
        const message = `would replace the tag by which load balancers and Karpenter find the ${tier} subnets. Remove it`;
        return { path: [...path, key], message };
      });

  const keepsOthersTags: Check = ({ definition: { tfvars } }) =>
    SUBNET_TIERS.flatMap((owner) =>
      discoveryKeys(owner)
        .filter(
          (key) => key !== OF_INTERNAL && !discoveryKeys(tier).includes(key) && keysOf(tfvars.networking).includes(key),
        )
        .map((key): Finding => {
          const users = key === KARPENTER_DISCOVERY ? "Karpenter" : "load balancers";
          const message = `lets ${users} use the ${tier} subnets, as they use the ${owner} ones. Remove it`;
          return { path: [...path, key], message, severity: "warning" };
        }),
    );

  return [sizesExistingSubnets, tagsExistingSubnets, keepsOwnTags, keepsDiscoveryTags, keepsOthersTags];
}

/** Returns a check that the size of subnets in local zones is used. */
function sizeOfLocalZones(kind: "local_private" | "local_public"): Check {
  return ({ definition }) => {
    const { local_zones, subnet_prefix_lengths } = definition.tfvars.networking;
    if (local_zones.length > 0 || subnet_prefix_lengths[kind] === null) return [];
    return [{ own: true, ...noEffect([...SIZES, kind], "local_zones is empty", "or add a local zone") }];
  };
}

/** Returns a check of each secondary block; `problem` returns the message. */
function eachBlock(problem: (block: string, networking: Networking, index: number) => string | undefined): Check {
  return ({ definition }) => {
    const { networking } = definition.tfvars;
    return eachItem(BLOCKS, networking.secondary_cidr_blocks, [
      (block, index) => {
        const message = problem(block, networking, index);
        return message === undefined ? [] : [{ path: [], message }];
      },
    ]);
  };
}

const spaceOf = (range: string): string | undefined => PRIVATE_SPACE.find((space) => contains(space, range));

/**
 * Blocks that AWS accepts beside the first range of a VPC: "IPv4 CIDR block association restrictions" of the VPC user guide.
 * Private ranges of 2 spaces exclude each other. The shared address space is accepted beside each of them.
 */
const blockRules: readonly Check[] = [
  eachBlock((block, { secondary_cidr_blocks }, index) => {
    const other = secondary_cidr_blocks.find((each, place) => place < index && overlaps(each, block));
    return other === undefined ? undefined : `${block} overlaps ${other} of the same list. Remove one of them`;
  }),
  eachBlock((block, { vpc_cidr }) =>
    overlaps(vpc_cidr, block) ? `${block} overlaps vpc_cidr ${vpc_cidr}. Choose another range` : undefined,
  ),
  eachBlock((block) =>
    contains(SHARED_SPACE, block) || spaceOf(block) !== undefined
      ? undefined
      : `must be in ${[SHARED_SPACE, ...PRIVATE_SPACE].join(", ")}, but is ${block}`,
  ),
  eachBlock((block, { vpc_cidr }) => {
    const space = spaceOf(block);
    return space === undefined || contains(space, vpc_cidr)
      ? undefined
      : `${block} is in ${space} but vpc_cidr ${vpc_cidr} is not, which AWS does not accept in one VPC. Use a range in ${SHARED_SPACE}`;
  }),
  eachBlock((block, { vpc_cidr }) =>
    contains("10.0.0.0/15", vpc_cidr) && overlaps("10.0.0.0/16", block) && !overlaps(vpc_cidr, block)
      ? `${block} is in 10.0.0.0/16, which AWS does not accept because vpc_cidr ${vpc_cidr} is in 10.0.0.0/15. Use a range in ${SHARED_SPACE}`
      : undefined,
  ),
  eachBlock((block, { vpc_cidr }) =>
    overlaps("172.31.0.0/16", block) && contains("172.16.0.0/12", vpc_cidr) && !overlaps(vpc_cidr, block)
      ? `${block} overlaps 172.31.0.0/16, which AWS does not accept as a secondary block. Use a range in ${SHARED_SPACE}`
      : undefined,
  ),
];

const localZonesOnce: Check = ({ definition }) => namedTwice(definition.tfvars.networking.local_zones, LOCAL_ZONES);

const localZonesOfRegion: Check = ({ definition }) => {
  const { common, networking } = definition.tfvars;
  return eachItem(LOCAL_ZONES, networking.local_zones, [
    (zone) => {
      if (zone.startsWith(`${common.aws_region}-`)) return [];
      const message = `${zone} is not a local zone of ${common.aws_region}, whose local zones have names that begin with ${common.aws_region}`;
      return [{ path: [], message }];
    },
  ]);
};

/** Rules about the subnets of a new VPC. */
export const subnetTierRules: readonly Check[] = [
  tiersOnce,
  hasPrivateTier,
  podSubnetsHaveBlocks,
  blocksHavePodSubnets,
  mapsAddressesOfPublicSubnets,
  ...SUBNET_TIERS.flatMap(settingsOf),
  sizeOfLocalZones("local_private"),
  sizeOfLocalZones("local_public"),
  ...blockRules,
  localZonesOnce,
  localZonesOfRegion,
].map(
  (check): Check =>
    (subject) =>
      usesExistingVpc(subject.definition.tfvars.networking) ? [] : check(subject),
);

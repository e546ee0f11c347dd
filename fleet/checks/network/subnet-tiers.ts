import { contains, overlaps } from "../../../language/words/cidr";
import { OWN_TAGS } from "../../../language/words/own-tags";
import { SUBNET_TIERS, type SubnetTier } from "../../../language/words/subnet-tiers";
import type { Networking } from "../../model/cluster";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const TIERS = [...NETWORKING, "subnet_tiers"] as const;
const BLOCKS = [...NETWORKING, "secondary_cidr_blocks"] as const;
const SHARED_SPACE = "100.64.0.0/10";
const PRIVATE_SPACE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** The tiers of a VPC of our own, and what only some of them have. */
export const checkTiers: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (usesExistingVpc(networking)) return [];
  return [...tiers(networking), ...blocks(networking), ...localZones(networking, definition.tfvars.common.aws_region)];
};

/** What subnets of ours are found by, as constructs/networking/discovery-tags.ts gives it to them. */
export const DISCOVERY_KEYS: Readonly<Partial<Record<SubnetTier, readonly string[]>>> = {
  public: ["kubernetes.io/role/elb"],
  private: ["kubernetes.io/role/internal-elb", "karpenter.sh/discovery"],
};

function tiers(networking: Networking): Finding[] {
  const { subnet_tiers, secondary_cidr_blocks, subnet_prefix_lengths, subnet_tags, map_public_ip_on_launch } =
    networking;
  const findings: Finding[] = subnet_tiers.flatMap((tier, index) =>
    subnet_tiers.indexOf(tier) < index
      ? [{ path: [...TIERS, index], message: `names ${tier} twice: name each tier once` }]
      : [],
  );
  if (!subnet_tiers.includes("private"))
    findings.push({ path: TIERS, message: "must have private: nodes are in its subnets" });
  if (hasTier(networking, "pod") && secondary_cidr_blocks.length === 0) {
    const message = "has pod, whose subnets are cut from secondary_cidr_blocks: name a block, such as 100.64.0.0/16";
    findings.push({ path: [...TIERS, subnet_tiers.indexOf("pod")], given: [BLOCKS], message });
  }
  if (!hasTier(networking, "pod") && secondary_cidr_blocks.length > 0) {
    const message = "has no effect: nothing is cut from it. Add pod to subnet_tiers, or remove it";
    findings.push({ path: BLOCKS, given: [TIERS], message });
  }
  for (const tier of ["public", "intra", "pod", "database"] as const) {
    if (hasTier(networking, tier) || subnet_prefix_lengths[tier] === null) continue;
    findings.push({ ...without(tier), path: [...NETWORKING, "subnet_prefix_lengths", tier] });
  }
  for (const tier of SUBNET_TIERS) {
    const path = [...NETWORKING, "subnet_tags", tier];
    const keys = Object.keys(subnet_tags[tier]);
    if (keys.length > 0 && !hasTier(networking, tier)) findings.push({ ...without(tier), path });
    for (const key of OWN_TAGS.filter((own) => keys.includes(own))) {
      const message = `is a tag of ours, on everything the cluster has: name yours otherwise (ours: ${OWN_TAGS.join(", ")})`;
      findings.push({ path: [...path, key], message });
    }
    for (const key of (DISCOVERY_KEYS[tier] ?? []).filter((own) => keys.includes(own))) {
      const message = `is a tag that the ${tier} subnets have, by which load balancers and Karpenter find them, and this would take its place: remove it`;
      findings.push({ path: [...path, key], message });
    }
  }
  for (const kind of ["local_private", "local_public"] as const) {
    if (networking.local_zones.length > 0 || subnet_prefix_lengths[kind] === null) continue;
    const path = [...NETWORKING, "subnet_prefix_lengths", kind];
    findings.push({ own: true, path, message: "has no effect: local_zones is empty. Remove it, or name a local zone" });
  }
  if (map_public_ip_on_launch && !hasTier(networking, "public"))
    findings.push({ ...without("public"), path: [...NETWORKING, "map_public_ip_on_launch"] });
  return findings;
}

/** What belongs to a tier that the VPC does without; a layer may say it for clusters that have the tier. */
function without(tier: SubnetTier) {
  const message = `has no effect: the network has no ${tier} subnets. Remove it, or add ${tier} to subnet_tiers`;
  return { own: true, message } as const;
}

/**
 * Which ranges AWS takes beside the first one: "IPv4 CIDR block association restrictions" of the VPC user guide. Private ranges of
 * two kinds do not go together, and shared address space goes with all.
 */
function blocks({ vpc_cidr, secondary_cidr_blocks }: Networking): Finding[] {
  return secondary_cidr_blocks.flatMap((block, index): Finding[] => {
    const path = [...BLOCKS, index];
    const given = [[...NETWORKING, "vpc_cidr"]];
    const other = secondary_cidr_blocks.slice(0, index).find((each) => overlaps(each, block));
    if (other !== undefined) return [{ path, message: `${block} overlaps ${other} of the same list: take one away` }];
    if (overlaps(vpc_cidr, block)) return [{ path, given, message: `${block} overlaps vpc_cidr ${vpc_cidr}` }];
    if (contains(SHARED_SPACE, block)) return [];
    const space = PRIVATE_SPACE.find((each) => contains(each, block));
    if (space === undefined)
      return [{ path, message: `must lie in ${[SHARED_SPACE, ...PRIVATE_SPACE].join(", ")}, got ${block}` }];
    if (!contains(space, vpc_cidr)) {
      const message = `${block} is of ${space} and vpc_cidr ${vpc_cidr} is not, which AWS does not take in one VPC: use a range of ${SHARED_SPACE}`;
      return [{ path, given, message }];
    }
    if (contains("10.0.0.0/15", vpc_cidr) && overlaps("10.0.0.0/16", block)) {
      const message = `${block} is of 10.0.0.0/16, which AWS adds to no VPC whose vpc_cidr is of 10.0.0.0/15, as ${vpc_cidr} is: use a range of ${SHARED_SPACE}`;
      return [{ path, given, message }];
    }
    if (space === "172.16.0.0/12" && overlaps("172.31.0.0/16", block)) {
      return [
        { path, message: `${block} is of 172.31.0.0/16, which AWS adds to no VPC: use a range of ${SHARED_SPACE}` },
      ];
    }
    return [];
  });
}

function localZones({ local_zones }: Networking, region: string): Finding[] {
  return local_zones.flatMap((zone, index): Finding[] => {
    const path = [...NETWORKING, "local_zones", index];
    if (local_zones.indexOf(zone) < index) return [{ path, message: `names ${zone} twice: name each zone once` }];
    if (zone.startsWith(`${region}-`)) return [];
    const message = `${zone} is no local zone of ${region}: its name begins with the region's`;
    return [{ path, given: [["tfvars", "common", "aws_region"]], message }];
  });
}

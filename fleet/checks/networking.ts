import { aligned, contains, overlaps, prefixLength } from "../cidr";
import type { Networking } from "../cluster";
import { tierPrefixLength, tiersThatDoNotFit } from "../subnets";
import { didYouMean, listed } from "../suggest";
import type { Check, Finding, Subject } from "./finding";

const NETWORKING = ["tfvars", "networking"] as const;
const PRIVATE_SPACE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** The region is one that is known. */
export const checkRegion: Check = ({ definition, regions }) => {
  const region = definition.tfvars.common.aws_region;
  if (regions[region] !== undefined) return [];
  const known = Object.keys(regions);
  const message = `unknown region ${JSON.stringify(region)}${didYouMean(region, known) || `; regions.yaml lists ${listed(known, 40)}`}`;
  return [{ path: ["tfvars", "common", "aws_region"], message }];
};

/** Zones by name, or so many of the region's first ones; none where the region is unknown. */
export function zonesOf({ definition, regions }: Pick<Subject, "definition" | "regions">): readonly string[] {
  const { availability_zones } = definition.tfvars.networking;
  if (typeof availability_zones !== "number") return availability_zones;
  return regions[definition.tfvars.common.aws_region]?.zones.slice(0, availability_zones) ?? [];
}

/** Zones are of the region, each once, and as many as it has. */
export const checkZones: Check = ({ definition, regions }) => {
  const { availability_zones } = definition.tfvars.networking;
  const region = definition.tfvars.common.aws_region;
  const known = regions[region]?.zones;
  const path = [...NETWORKING, "availability_zones"];
  if (known === undefined) return [];
  if (typeof availability_zones === "number") {
    if (availability_zones <= known.length) return [];
    return [{ path, message: `must be at most ${known.length}, the zones of ${region}, got ${availability_zones}` }];
  }
  return availability_zones.flatMap((zone, index) => {
    const at = [...path, index];
    if (availability_zones.indexOf(zone) < index)
      return [{ path: at, message: `names ${zone} twice: name each zone once` }];
    if (known.includes(zone)) return [];
    const message = `${JSON.stringify(zone)} is not a zone of ${region}${didYouMean(zone, known) || "."} Its zones: ${listed(known)}`;
    return [{ path: at, message }];
  });
};

/** Every range is aligned, has a size that its use takes, and meets no other of the cluster. */
export const checkRanges: Check = ({ definition }) => {
  const { networking, cluster } = definition.tfvars;
  const service = ["tfvars", "cluster", "service_ipv4_cidr"];
  const findings = [
    ...sized([...NETWORKING, "vpc_cidr"], networking.vpc_cidr, 16, 24),
    ...sized(service, cluster.service_ipv4_cidr, 12, 24),
    ...cluster.public_access_cidrs.flatMap((cidr, index) =>
      sized(["tfvars", "cluster", "public_access_cidrs", index], cidr, 0, 32),
    ),
  ];
  if (!PRIVATE_SPACE.some((space) => contains(space, cluster.service_ipv4_cidr))) {
    findings.push({
      path: service,
      message: `must lie in ${PRIVATE_SPACE.join(", ")}: EKS takes no other, got ${cluster.service_ipv4_cidr}`,
    });
  }
  if (overlaps(networking.vpc_cidr, cluster.service_ipv4_cidr)) {
    findings.push({
      path: service,
      message: `${cluster.service_ipv4_cidr} overlaps vpc_cidr ${networking.vpc_cidr}: pods could not reach those addresses of the VPC`,
    });
  }
  return findings;
};

function sized(path: Finding["path"], cidr: string, largest: number, smallest: number): Finding[] {
  const prefix = prefixLength(cidr);
  if (aligned(cidr) !== cidr) {
    return [{ path, message: `${cidr} is not aligned: the block that holds this address is ${aligned(cidr)}` }];
  }
  if (prefix >= largest && prefix <= smallest) return [];
  return [
    {
      path,
      message: `must be a /${largest} to a /${smallest}, got a /${prefix}: ${prefix < largest ? "too large" : "too small"}`,
    },
  ];
}

/** The subnets of every tier fit into the VPC. */
export const checkSubnets: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  const zones = zonesOf(subject).length;
  if (zones === 0 || aligned(networking.vpc_cidr) !== networking.vpc_cidr || prefixLength(networking.vpc_cidr) > 24)
    return [];
  return tiersThatDoNotFit(networking, zones).map((tier) => explainTier(networking, tier, zones));
};

function explainTier(networking: Networking, tier: "private" | "public" | "intra", zones: number): Finding {
  const share = tier === "private" ? "half" : "an eighth";
  const chosen = networking.subnet_prefix_lengths[tier] !== null;
  return {
    path: chosen ? [...NETWORKING, "subnet_prefix_lengths", tier] : [...NETWORKING, "vpc_cidr"],
    message: `too small: ${zones} ${tier} subnets of /${tierPrefixLength(networking, tier)} do not fit into ${share} of ${networking.vpc_cidr}; take a larger vpc_cidr, or a longer subnet_prefix_lengths.${tier} of at most 28`,
  };
}

/** The VPC is cut from the account's pools, and away from what the account has in use. */
export const checkAccountRanges: Check = ({ definition, account }) => {
  const { vpc_cidr } = definition.tfvars.networking;
  const path = [...NETWORKING, "vpc_cidr"];
  const findings: Finding[] = account.reserved_cidrs
    .filter(({ cidr }) => overlaps(cidr, vpc_cidr))
    .map(({ cidr, reason }) => ({
      path,
      message: `${vpc_cidr} overlaps ${cidr}, which account ${account.name} reserves for ${reason}`,
    }));
  if (account.cidr_pools.length > 0 && !account.cidr_pools.some((pool) => contains(pool, vpc_cidr))) {
    findings.push({
      path,
      message: `${vpc_cidr} lies in none of account ${account.name}'s cidr_pools: ${account.cidr_pools.join(", ")}`,
    });
  }
  return findings;
};

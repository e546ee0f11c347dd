import { didYouMean, listed } from "../../../language/suggest";
import { contains, overlaps } from "../../../language/words/cidr";
import type { Networking } from "../../model/cluster";
import { usesExistingVpc } from "../../network/existing-vpc";
import { kindsThatDoNotFit, SHARE, type SubnetKind, tierPrefixLength } from "../../network/subnets";
import { PRIVATE_SPACE, rangesOf, regionOf, UNUSABLE, VPC_CIDR, zonesOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const ZONES = [...NETWORKING, "availability_zones"] as const;
const REGION = ["tfvars", "common", "aws_region"] as const;
const SERVICES = ["tfvars", "cluster", "service_ipv4_cidr"] as const;

/** The region is one that is known. */
export const checkRegion: Check = ({ definition, regions }) => {
  const region = definition.tfvars.common.aws_region;
  const known = Object.keys(regions);
  if (known.length === 0 || known.includes(region)) return [];
  const message = `unknown region ${JSON.stringify(region)}${didYouMean(region, known) || `; regions.yaml lists ${listed(known, 40)}`}`;
  return [{ path: REGION, message }];
};

/** Zones are of the region, each once, and as many as it has. */
export const checkZones: Check = ({ definition, regions }) => {
  const { availability_zones } = definition.tfvars.networking;
  const region = definition.tfvars.common.aws_region;
  const known = regionOf({ definition, regions })?.zones;
  const path = ZONES;
  const given = [REGION];
  if (known === undefined) return [];
  if (typeof availability_zones === "number") {
    if (availability_zones <= known.length) return [];
    return [
      { path, given, message: `must be at most ${known.length}, the zones of ${region}, got ${availability_zones}` },
    ];
  }
  return availability_zones.flatMap((zone, index) => {
    const at = [...path, index];
    if (availability_zones.indexOf(zone) < index)
      return [{ path: at, message: `names ${zone} twice: name each zone once` }];
    if (known.includes(zone)) return [];
    const message = `${JSON.stringify(zone)} is not a zone of ${region}${didYouMean(zone, known) || "."} Its zones: ${listed(known)}`;
    return [{ path: at, given, message }];
  });
};

/** The range of Services is one that EKS takes, and apart from the VPC's. */
export const checkRanges: Check = ({ definition }) => {
  const { networking, cluster } = definition.tfvars;
  const findings: Finding[] = [];
  if (!PRIVATE_SPACE.some((space) => contains(space, cluster.service_ipv4_cidr))) {
    findings.push({
      path: SERVICES,
      message: `must lie in ${PRIVATE_SPACE.join(", ")}: EKS takes no other, got ${cluster.service_ipv4_cidr}`,
    });
  }
  for (const { range, path } of rangesOf(networking)) {
    if (overlaps(range, cluster.service_ipv4_cidr)) {
      findings.push({
        path: SERVICES,
        given: [path],
        message: `${cluster.service_ipv4_cidr} overlaps ${path[2]} ${range}: pods could not reach those addresses of the VPC`,
      });
    }
  }
  const unusable = UNUSABLE.find((range) => overlaps(range, networking.vpc_cidr));
  if (unusable !== undefined) {
    const message = `${networking.vpc_cidr} overlaps ${unusable}, which AWS takes for no VPC: use a range of ${PRIVATE_SPACE.join(", ")}`;
    findings.push({ path: VPC_CIDR, message });
  }
  return findings;
};

/** The subnets of every tier fit into the VPC. */
export const checkSubnets: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  const zones = zonesOf(subject).length;
  if (zones === 0 || usesExistingVpc(networking)) return [];
  return kindsThatDoNotFit(networking, zones).flatMap((kind) => explainKind(networking, kind, zones));
};

function explainKind(networking: Networking, kind: SubnetKind, zones: number): Finding[] {
  const chosen = networking.subnet_prefix_lengths[kind] !== null;
  const size = [...NETWORKING, "subnet_prefix_lengths", kind];
  const prefix = tierPrefixLength(networking, kind);
  const local = kind === "local_private" || kind === "local_public";
  // Subnets of the smallest size do not get smaller.
  const smaller =
    prefix < 28
      ? `a longer subnet_prefix_lengths.${kind} of at most 28`
      : `fewer ${local ? "local_zones" : "availability_zones"}`;
  if (kind === "pod") {
    const blocks = networking.secondary_cidr_blocks;
    if (blocks.length === 0) return []; // told already
    const path = [...NETWORKING, "secondary_cidr_blocks"];
    const message = `too small: ${zones} pod subnets of /${prefix} do not fit into ${blocks.join(", ")}; add a block, or take ${smaller}`;
    return [{ path: chosen ? size : path, given: [path, ZONES, REGION], message }];
  }
  const count = local ? networking.local_zones.length : zones;
  const given = [VPC_CIDR, local ? [...NETWORKING, "local_zones"] : ZONES, REGION];
  const message = `too small: ${count} ${kind} subnets of /${prefix} do not fit into ${SHARE[kind]} of ${networking.vpc_cidr}; take a larger vpc_cidr, or ${smaller}`;
  return [{ path: chosen ? size : VPC_CIDR, given, message }];
}

/** The VPC and the Services are away from what the account has in use; an existing VPC may be what is in use. */
export const checkAccountRanges: Check = ({ definition, account }) => {
  if (account === undefined) return [];
  const { networking, cluster } = definition.tfvars;
  return account.reserved_cidrs.flatMap((reserved) =>
    [...(usesExistingVpc(networking) ? [] : rangesOf(networking)), { path: SERVICES, range: cluster.service_ipv4_cidr }]
      .filter(({ range }) => overlaps(reserved.cidr, range))
      .map(({ path, range }) => ({
        path,
        message: `${range} overlaps ${reserved.cidr}, which account ${account.name} reserves for ${reserved.reason}`,
      })),
  );
};

import { ifCertain } from "../../../language/refused";
import { didYouMean, listed } from "../../../language/suggest";
import { namedTwice } from "../../../language/twice";
import { contains, overlaps } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import type { Networking } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { usesExistingVpc } from "../../network/existing-vpc";
import { doesNotFit, kindsOf, SHARE, type SubnetKind, tierPrefixLength } from "../../network/subnets";
import { PRIVATE_SPACE, regionOf, UNUSABLE, VPC_CIDR, zonesOf } from "../../network/zones";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { atMost } from "../../rules/forms";
import { knownRegion } from "../../rules/known-region";

const NETWORKING = ["tfvars", "networking"] as const;
const ZONES = [...NETWORKING, "availability_zones"] as const;
const BLOCKS = [...NETWORKING, "secondary_cidr_blocks"] as const;
const REGION = ["tfvars", "common", "aws_region"] as const;
const SERVICES = ["tfvars", "cluster", "service_ipv4_cidr"] as const;

const regionExists: Check = ({ definition, regions }) =>
  knownRegion(REGION, definition.tfvars.common.aws_region, Object.keys(regions));

const zonesExist: Check = (subject) => {
  const { common, networking } = subject.definition.tfvars;
  const zones = networking.availability_zones;
  const known = regionOf(subject)?.zones;
  if (known === undefined) return [];
  if (typeof zones === "number") {
    return atMost(ZONES, zones, { key: `the number of zones in ${common.aws_region}`, value: known.length });
  }
  return eachItem(ZONES, zones, [
    (zone) => {
      if (known.includes(zone)) return [];
      const meant = didYouMean(zone, known) || ".";
      const message = `${JSON.stringify(zone)} is not a zone of ${common.aws_region}${meant} Its zones: ${listed(known)}`;
      return [{ path: [], message }];
    },
  ]);
};

const zonesOnce: Check = ({ definition }) => {
  const { availability_zones } = definition.tfvars.networking;
  return typeof availability_zones === "number" ? [] : namedTwice(availability_zones, ZONES);
};

const serviceRangeIsPrivate: Check = ({ definition }) => {
  const { service_ipv4_cidr } = definition.tfvars.cluster;
  if (PRIVATE_SPACE.some((space) => contains(space, service_ipv4_cidr))) return [];
  const message = `must be in ${PRIVATE_SPACE.join(", ")}, but is ${service_ipv4_cidr}. EKS accepts no other range`;
  return [{ path: SERVICES, message }];
};

function serviceRangeOverlaps(services: string, range: string, key: string, because: Path): Finding[] {
  if (!overlaps(range, services)) return [];
  const message = `${services} overlaps ${key} ${range}, so pods could not reach these addresses of the VPC. Choose another range`;
  return [{ path: SERVICES, message, because: [because] }];
}

const serviceRangeIsOutsideVpc: Check = ({ definition }) => {
  const { cluster, networking } = definition.tfvars;
  return serviceRangeOverlaps(cluster.service_ipv4_cidr, networking.vpc_cidr, "vpc_cidr", VPC_CIDR);
};

const serviceRangeIsOutsideBlocks: Check = ({ definition }) => {
  const { cluster, networking } = definition.tfvars;
  return eachItem(BLOCKS, networking.secondary_cidr_blocks, [
    (block) => serviceRangeOverlaps(cluster.service_ipv4_cidr, block, "secondary_cidr_blocks", []),
  ]);
};

const vpcRangeIsUsable: Check = ({ definition }) => {
  const { vpc_cidr } = definition.tfvars.networking;
  const unusable = UNUSABLE.find((range) => overlaps(range, vpc_cidr));
  if (unusable === undefined) return [];
  const message = `${vpc_cidr} overlaps ${unusable}, which AWS does not accept for a VPC. Use a range in ${PRIVATE_SPACE.join(", ")}`;
  return [{ path: VPC_CIDR, message }];
};

const subnetsFit: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  const zones = zonesOf(subject).length;
  if (zones === 0 || usesExistingVpc(networking)) return [];
  return kindsOf(networking).flatMap(
    (kind) =>
      // A size that was refused concerns its own kind only.
      ifCertain(() => (doesNotFit(networking, kind, zones) ? tooManySubnets(networking, kind, zones) : [])) ?? [],
  );
};

function tooManySubnets(networking: Networking, kind: SubnetKind, zones: number): Finding[] {
  const prefix = tierPrefixLength(networking, kind);
  const local = kind === "local_private" || kind === "local_public";
  const zonesKey = local ? "local_zones" : "availability_zones";
  const count = local ? networking.local_zones.length : zones;
  const size = [...NETWORKING, "subnet_prefix_lengths", kind];
  // AWS accepts no subnet smaller than a /28.
  const smaller = prefix < 28 ? `a longer subnet_prefix_lengths.${kind} (at most 28)` : `fewer ${zonesKey}`;
  const blocks = networking.secondary_cidr_blocks;
  if (kind === "pod" && blocks.length === 0) return []; // has an error of its own
  const [key, room, larger] =
    kind === "pod"
      ? [BLOCKS, blocks.join(", "), "Add a block"]
      : [VPC_CIDR, `${SHARE[kind]} of ${networking.vpc_cidr}`, "Use a larger vpc_cidr"];
  const message = `${count} ${kind} subnets of /${prefix} do not fit into ${room}. ${larger} or ${smaller}`;
  const path = networking.subnet_prefix_lengths[kind] === null ? key : size;
  return [
    {
      path,
      message,
      because: [
        [...NETWORKING, zonesKey],
        [...NETWORKING, "subnet_tiers"],
      ],
    },
  ];
}

/** An existing VPC may be what the account reserves its range for. */
const vpcIsOutsideReservedRanges: Check = ({ account, definition }) => {
  const { networking } = definition.tfvars;
  return usesExistingVpc(networking) ? [] : reserved(account, networking.vpc_cidr, VPC_CIDR);
};

const blocksAreOutsideReservedRanges: Check = ({ account, definition }) => {
  const { networking } = definition.tfvars;
  if (usesExistingVpc(networking)) return [];
  return eachItem(BLOCKS, networking.secondary_cidr_blocks, [(block) => reserved(account, block, [])]);
};

const serviceRangeIsOutsideReservedRanges: Check = ({ account, definition }) =>
  reserved(account, definition.tfvars.cluster.service_ipv4_cidr, SERVICES);

function reserved(account: Subject["account"], range: string, path: Path): Finding[] {
  const conflicts = account?.reserved_cidrs.filter(({ cidr }) => overlaps(cidr, range)) ?? [];
  return conflicts.map(({ cidr, reason }) => {
    const message = `${range} overlaps ${cidr}, which account ${account?.name} reserves for ${reason}. Choose another range`;
    return { path, message, because: [["meta", "ACCOUNT"]] };
  });
}

export const addressRangeRules: readonly Check[] = [
  regionExists,
  zonesExist,
  zonesOnce,
  serviceRangeIsPrivate,
  serviceRangeIsOutsideVpc,
  serviceRangeIsOutsideBlocks,
  vpcRangeIsUsable,
  subnetsFit,
  vpcIsOutsideReservedRanges,
  blocksAreOutsideReservedRanges,
  serviceRangeIsOutsideReservedRanges,
];

import type { Booted } from "../../../aws/ami";
import { namedTwice } from "../../../language/twice";
import type { Definition } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import type { Finding } from "../../rules/finding";
import { noSubnets } from "../../rules/missing-subnets";
import { bottlerocketSettings } from "../workers/bottlerocket-settings";
import { nodeConfig } from "../workers/node-config";
import { WRONG_SCRIPT } from "../workers/worker-boot";
import { evictionPairs, imageShares } from "../workers/worker-kubelet";
import { dataVolume, volumeKeys } from "../workers/worker-volumes";

type NodePool = Definition["tfvars"]["node_pools"][number];

/** What each family boots, as a group of workers would say it. */
const BOOTED = {
  AL2023: { ami_type: "AL2023_x86_64_STANDARD", ami_family: null },
  Bottlerocket: { ami_type: "BOTTLEROCKET_x86_64", ami_family: null },
} as const satisfies Readonly<Record<NodePool["ami_family"], Booted>>;

/** What a pool says of its instances is possible, and has an effect. */
export function refusedClass({ definition }: Subject, pool: NodePool): Finding[] {
  const booted = { ...BOOTED[pool.ami_family], ...pool };
  const { aws_region } = definition.tfvars.common;
  return [
    ...places(definition, pool),
    ...reservations(pool),
    ...hops(pool),
    ...fips(pool, aws_region),
    ...volumeKeys(pool, aws_region),
    ...pool.data_volumes.flatMap((volume, index) => dataVolume(withoutFamily(booted), volume, index)),
    ...boot(withoutFamily(booted)),
    ...evictionPairs(pool.kubelet),
    ...imageShares(pool.kubelet),
    ...namedTwice(pool.ami_ids, ["ami_ids"]),
    ...namedTwice(pool.additional_security_group_ids, ["additional_security_group_ids"]),
  ].map(atFamily);
}

/** A pool's family is Karpenter's word, and a group's is one of ours. */
function withoutFamily<Pool extends { readonly ami_type: Booted["ami_type"] }>(pool: Pool) {
  return { ...pool, ami_family: null };
}

/** A group says by ami_type what a pool says by its family. */
function atFamily(finding: Finding): Finding {
  return { ...finding, given: (finding.given ?? []).map((path) => (path[0] === "ami_type" ? ["ami_family"] : path)) };
}

function places({ tfvars: { networking } }: Definition, pool: NodePool): Finding[] {
  const { associate_public_ip_address: addressed, kind, subnet_tier } = pool;
  const path = ["subnet_tier"];
  const missing = subnet_tier === "private" ? undefined : noSubnets(networking, subnet_tier);
  if (missing !== undefined) return [{ path, ...missing }];
  if (addressed && subnet_tier !== "public") {
    const message = `is of no use in ${subnet_tier} subnets, to which nothing routes from the internet: remove it, or set subnet_tier: public`;
    return [{ path: ["associate_public_ip_address"], given: [path], message }];
  }
  if (subnet_tier !== "public" || addressed || kind === "auto_mode" || networking.ip_family !== "ipv4") return [];
  const message =
    "is public, and without a public address its nodes reach no registry and no AWS API: set associate_public_ip_address: true";
  return [{ path, given: [["associate_public_ip_address"]], message }];
}

function reservations({ capacity_reservations, capacity_types }: NodePool): Finding[] {
  const path = ["capacity_reservations"];
  const reserved = capacity_types.includes("reserved");
  const own = capacity_reservations.flatMap(({ id, tags }, index): Finding[] => {
    if ((id === undefined) !== (tags === undefined)) return [];
    return [{ path: [...path, index], message: "must have one of id and tags, by which the reservation is found" }];
  });
  if (reserved && capacity_reservations.length === 0) {
    const message = "names reserved, and no reservation: list some in capacity_reservations, or remove it";
    return [...own, { path: ["capacity_types"], given: [path], message }];
  }
  if (reserved || capacity_reservations.length === 0) return own;
  return [
    ...own,
    { path, given: [["capacity_types"]], message: "has no effect without reserved in capacity_types: add it there" },
  ];
}

/** EKS's guide to security settings of Auto Mode's nodes: images for FIPS are in the United States and Canada. */
const REGIONS_OF_FIPS = /^(?:us|ca)-/;

function fips(pool: NodePool, region: string): Finding[] {
  if (!pool.fips || pool.kind !== "auto_mode" || REGIONS_OF_FIPS.test(region)) return [];
  const message = `is for regions of the United States and Canada, which have images for it, and the nodes run in ${region}: remove it`;
  return [{ path: ["fips"], given: [["kind"], ["tfvars", "common", "aws_region"]], message }];
}

function hops({ metadata_options: { http_put_response_hop_limit: limit } }: NodePool): Finding[] {
  if (limit === 1) return [];
  const path = ["metadata_options", "http_put_response_hop_limit"];
  const message = `lets every pod of the pool have its nodes' role, got ${limit}: give pods a role of their own by Pod Identity, and leave it at 1`;
  return [{ path, message, severity: "warning" }];
}

function boot(pool: Booted & Omit<NodePool, "ami_family">): Finding[] {
  const script = pool.pre_bootstrap_script;
  const system = pool.ami_type === BOOTED.Bottlerocket.ami_type ? "BOTTLEROCKET" : "AL2023";
  // Images of one's own, in the words of a group.
  const image = pool.ami_ids.length === 0 ? {} : ({ ami_type: "CUSTOM", ami_family: system } as const);
  const wrong = script === null ? undefined : WRONG_SCRIPT[system](script);
  return [
    ...(wrong === undefined ? [] : [{ path: ["pre_bootstrap_script"], given: [["ami_family"]], message: wrong }]),
    ...nodeConfig(pool),
    ...bottlerocketSettings({ ...pool, ...image }, false),
  ];
}

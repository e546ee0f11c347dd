import { compareText, type Place, type Problem } from "../../../language/problem";
import { didYouMean } from "../../../language/suggest";
import { compareBlocks, contains, overlaps } from "../../../language/words/cidr";
import { descend, type Path, placeOf } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { meetingPlaces } from "../../network/connections";
import { isSameVpc, makesConnections } from "../../network/existing-vpc";
import { rangesOf, regionOf, VPC_CIDR } from "../../network/zones";
import { type Finding, ruled } from "../../rules/finding";
import { comparable, findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";
import { freeRange, type InAccount, type Reserved } from "./free-range";
import { refusedPeering } from "./peered-clusters";
import { peeringRings, type Reads } from "./peering-rings";

/** Shared address space, for secondary blocks. It is not routed between networks, so each of them can use the same part of it. */
const NOT_ROUTED = "100.64.0.0/10";

/** A cluster whose ranges are compared. */
export interface Ranged extends InAccount {
  readonly name: string;
  readonly definition: Definition;
  /** Returns where one of its ranges was written; called only for a range that overlaps another. */
  readonly place?: (path: Path) => Place;
  /** Undefined if its region is unknown. */
  readonly partition?: string | undefined;
}

/** Reports overlaps of ranges that were read and accepted. */
export function overlapProblems(
  resolved: readonly ResolvedDefinition[],
  every: readonly string[],
  reserved?: Reserved,
): Problem[] {
  const ranged = comparable(resolved).map(({ name, subject, tree }): Ranged => {
    const partition = regionOf(subject)?.partition;
    return { name, ...subject, partition, place: (path) => placeOf(descend(tree(), path).tree) };
  });
  const findings = checkOverlaps(ranged, every, reserved);
  return resolved.flatMap((definition) =>
    findingProblems(definition, ruled("overlaps", findings.get(definition.name) ?? [])),
  );
}

/**
 * Reports clusters that use the same addresses and share an account, or are connected. The cluster with the later name is reported,
 * because it is most likely the new one. Within an account, ranges are compared in the order of their addresses, so that 1,000
 * clusters cost 1,000 comparisons and not a million.
 */
export function checkOverlaps(
  clusters: readonly Ranged[],
  every: readonly string[],
  reserved?: Reserved,
): ReadonlyMap<string, readonly Finding[]> {
  const findings = new Map<string, Finding[]>();
  const add = (cluster: string, finding: Finding): void => {
    findings.set(cluster, [...(findings.get(cluster) ?? []), finding]);
  };
  const reported = new Set<string>();
  const compare = (a: Block, b: Block, why: string, cause: Path): void => {
    if (a.cluster.name === b.cluster.name) return; // one name in two files has an error of its own
    if (isSameVpc(a.cluster.definition, b.cluster.definition)) return;
    const [first, second] = compareText(a.cluster.name, b.cluster.name) <= 0 ? [a, b] : [b, a];
    const pair = [first.cluster.name, first.range, second.cluster.name, second.range].join(" ");
    if (reported.has(pair) || !overlaps(first.range, second.range)) return;
    reported.add(pair);
    const free = second.path === VPC_CIDR ? freeRange(second.cluster, clusters, reserved) : "";
    const message = `${second.range} overlaps ${first.range} of ${first.cluster.name}${written(first)}, which ${why}. Choose another range${free}`;
    add(second.cluster.name, { path: second.path, message, because: [cause, ["meta", "CLUSTER_NAME"]] });
  };
  for (const [a, b, why] of sharing(clusters)) compare(a, b, why, ["meta", "ACCOUNT"]);

  const names = new Set(every);
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  for (const cluster of clusters) {
    const links = linksOf(cluster.definition);
    links.forEach(({ kind, name, path, why }, index) => {
      const other = byName.get(name);
      if (name === cluster.name) add(cluster.name, { path, message: "is this cluster. Name another one" });
      else if (links.findIndex((link) => link.kind === kind && link.name === name) < index)
        add(cluster.name, { path, message: `names ${name} a second time. Remove one of them` });
      else if (other !== undefined) {
        // refusedPeering compares all other ranges of peered clusters, because AWS peers no VPCs that share an address.
        const ranges = (each: Ranged) => (kind === "peering" ? blocksOf(each).slice(0, 1) : routedBlocksOf(each));
        for (const own of ranges(cluster)) for (const theirs of ranges(other)) compare(own, theirs, why, path);
        const messages = [
          ...overlappingServices(cluster, other),
          ...overlappingServices(other, cluster),
          ...(kind === "peering" ? refusedPeering(cluster, other) : []),
        ];
        for (const message of messages) add(cluster.name, { path, message });
      } else if (!names.has(name)) {
        const others = every.filter((each) => each !== cluster.name);
        add(cluster.name, { path, message: `cluster ${name} does not exist${didYouMean(name, others)}` });
      }
    });
  }
  for (const { closing, clusters: ring } of peeringRings(clusters.flatMap(readsOf)))
    add(closing.from, {
      path: closing.connection.path,
      message: `closes the ring ${[...ring, closing.to].join(" > ")}, in which each network requires the next one, so none can be deployed first. Move this connection to the file of ${closing.to}, and swap tiers and peer_tiers`,
    });
  return findings;
}

const readsOf = ({ definition, name: from }: Ranged): Reads<Link>[] =>
  linksOf(definition).flatMap((connection) =>
    connection.kind === "peering" ? [{ from, to: connection.name, connection }] : [],
  );

/** Another cluster that a definition names, because their networks are connected. */
interface Link {
  readonly name: string;
  readonly kind: "elsewhere" | "peering";
  /** Describes the link in a message about the other cluster. */
  readonly why: string;
  readonly path: Path;
}

function linksOf({ tfvars }: Definition): Link[] {
  const { connected_to, vpc_peering_connections } = tfvars.networking;
  const peerings = makesConnections(tfvars.networking) ? vpc_peering_connections : [];
  return [
    ...connected_to.map((name, index): Link => {
      const path = ["tfvars", "networking", "connected_to", index];
      return { name, kind: "elsewhere", why: "is connected to it", path };
    }),
    ...peerings.flatMap(({ cluster }, index): Link[] => {
      const path = ["tfvars", "networking", "vpc_peering_connections", index, "cluster"];
      return cluster === undefined ? [] : [{ name: cluster, kind: "peering", why: "is peered with it", path }];
    }),
  ];
}

/** One range of a cluster's VPC, and the path of its key. */
interface Block {
  readonly cluster: Ranged;
  readonly range: string;
  readonly path: Path;
}

function blocksOf(cluster: Ranged): Block[] {
  return rangesOf(cluster.definition.tfvars.networking).map((block) => ({ cluster, ...block }));
}

function routedBlocksOf(cluster: Ranged): Block[] {
  return blocksOf(cluster).filter(({ path, range }) => path === VPC_CIDR || !contains(NOT_ROUTED, range));
}

function written({ cluster: { place }, path }: Block): string {
  if (place === undefined) return "";
  const { file, line, column } = place(path);
  return ` (${file}:${line}:${column})`;
}

/** A pod that calls an address of its own cluster's Services never reaches the other network. */
function overlappingServices(cluster: Ranged, other: Ranged): string[] {
  const { service_ipv4_cidr } = cluster.definition.tfvars.cluster;
  const block = routedBlocksOf(other).find(({ range }) => overlaps(range, service_ipv4_cidr));
  if (block === undefined) return [];
  return [
    `${block.range} of ${other.name} overlaps service_ipv4_cidr ${service_ipv4_cidr} of ${cluster.name}. Change one of them`,
  ];
}

/**
 * Returns the pairs of overlapping ranges of clusters that share an account, or a device or gateway that both are connected to, with
 * what they share. CIDR blocks nest, so each range is compared only with those that contain it.
 */
function sharing(clusters: readonly Ranged[]): [Block, Block, string][] {
  const pairs: [Block, Block, string][] = [];
  const open = new Map<string, Block[]>();
  for (const next of clusters.flatMap(routedBlocksOf).sort((a, b) => compareBlocks(a.range, b.range))) {
    const { meta, tfvars } = next.cluster.definition;
    for (const shared of [`shares account ${meta.ACCOUNT}`, ...meetingPlaces(tfvars.networking)]) {
      const around = (open.get(shared) ?? []).filter((other) => overlaps(other.range, next.range));
      for (const other of around) pairs.push([other, next, shared]);
      open.set(shared, [...around, next]);
    }
  }
  return pairs;
}

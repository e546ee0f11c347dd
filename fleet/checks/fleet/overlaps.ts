import { compareText, type Place, type Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { didYouMean } from "../../../language/suggest";
import { compareBlocks, contains, overlaps } from "../../../language/words/cidr";
import { descend, type Path, placeOf } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { meetingPlaces } from "../../network/connections";
import { isSameVpc, makesConnections } from "../../network/existing-vpc";
import { rangesOf, regionOf, VPC_CIDR } from "../../network/zones";
import type { Finding } from "../../rules/finding";
import { comparable, findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";
import { freeRange, type InAccount } from "./free-range";
import { refusedPeering } from "./peered-clusters";

/** Shared address space, for secondary blocks: it is routed nowhere, so that any number of networks may use the same part of it. */
const NOT_ROUTED = "100.64.0.0/10";

/** What the check of a range needs of a cluster. */
export interface Ranged extends InAccount {
  readonly name: string;
  readonly definition: Definition;
  /** Where one of its ranges was written; asked only where it overlaps another. */
  readonly place?: (path: Path) => Place;
  /** Absent where its region is not known. */
  readonly partition?: string | undefined;
}

/** Only ranges that were read and accepted are compared. */
export function overlapProblems(resolved: readonly ResolvedDefinition[], every: readonly string[]): Problem[] {
  const ranged = comparable(resolved).map(({ name, subject, tree }): Ranged => {
    const partition = regionOf(subject)?.partition;
    return { name, ...subject, partition, place: (path) => placeOf(descend(tree(), path).tree) };
  });
  const findings = checkOverlaps(ranged, every);
  return resolved.flatMap((definition) => findingProblems(definition, findings.get(definition.name) ?? []));
}

/**
 * No two clusters that share an account, or are connected, use the same addresses. What is found stands with the later name,
 * which is most likely the newcomer. Within an account ranges are compared in the order of their addresses, so that a
 * thousand clusters cost a thousand comparisons, not a million.
 */
export function checkOverlaps(
  clusters: readonly Ranged[],
  every: readonly string[],
): ReadonlyMap<string, readonly Finding[]> {
  const findings = new Map<string, Finding[]>();
  const add = (cluster: string, finding: Finding): void => {
    findings.set(cluster, [...(findings.get(cluster) ?? []), finding]);
  };
  const told = new Set<string>();
  const compare = (a: Block, b: Block, because: string): void => {
    if (a.cluster.name === b.cluster.name) return; // one name in two files has been told
    if (isSameVpc(a.cluster.definition, b.cluster.definition)) return;
    const [first, second] = compareText(a.cluster.name, b.cluster.name) <= 0 ? [a, b] : [b, a];
    const pair = [first.cluster.name, first.range, second.cluster.name, second.range].join(" ");
    if (told.has(pair) || !overlaps(first.range, second.range)) return;
    told.add(pair);
    const message = `${second.range} overlaps ${first.range} of ${first.cluster.name}${written(first)}, which ${because}`;
    const free = second.path === VPC_CIDR ? freeRange(second.cluster, clusters) : "";
    add(second.cluster.name, { path: second.path, message: `${message}${free}` });
  };
  for (const [a, b, because] of sharing(clusters)) compare(a, b, because);

  const names = new Set(every);
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  for (const cluster of clusters) {
    const links = linksOf(cluster.definition);
    links.forEach(({ because, kind, name, path }, index) => {
      const other = byName.get(name);
      if (name === cluster.name) add(cluster.name, { path, message: "names the cluster itself: name the other one" });
      else if (links.findIndex((link) => link.kind === kind && link.name === name) < index)
        add(cluster.name, { path, message: `names ${name} twice: name each cluster once` });
      else if (other !== undefined) {
        // Of a peering, all others are looked at below: AWS peers no VPCs that share an address, routed or not.
        const ranges = (each: Ranged) => (kind === "peering" ? blocksOf(each).slice(0, 1) : routedBlocksOf(each));
        for (const own of ranges(cluster)) for (const theirs of ranges(other)) compare(own, theirs, because);
        const messages = ifCertain(() => [
          servicesMeet(cluster, other),
          servicesMeet(other, cluster),
          ...(kind === "peering" ? refusedPeering(cluster, other) : []),
        ]);
        for (const message of messages ?? []) if (message !== undefined) add(cluster.name, { path, message });
      } else if (!names.has(name)) {
        const others = every.filter((each) => each !== cluster.name);
        add(cluster.name, { path, message: `there is no cluster ${name}${didYouMean(name, others)}` });
      }
    });
  }
  return findings;
}

/** Another cluster that a definition names, because something leads from network to network. */
interface Link {
  readonly name: string;
  readonly kind: "elsewhere" | "peering";
  readonly because: string;
  readonly path: Path;
}

function linksOf({ tfvars }: Definition): Link[] {
  const { connected_to, vpc_peering_connections } = tfvars.networking;
  const peerings = makesConnections(tfvars.networking) ? vpc_peering_connections : [];
  return [
    ...connected_to.map((name, index): Link => {
      const path = ["tfvars", "networking", "connected_to", index];
      return { name, kind: "elsewhere", because: "is connected to it", path };
    }),
    ...peerings.flatMap(({ cluster }, index): Link[] => {
      const path = ["tfvars", "networking", "vpc_peering_connections", index, "cluster"];
      return cluster === undefined ? [] : [{ name: cluster, kind: "peering", because: "is peered with it", path }];
    }),
  ];
}

/** One range of a cluster's VPC, and the key that says it. */
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

/** A pod that asks for an address of its own cluster's Services never reaches the other network. */
function servicesMeet(cluster: Ranged, other: Ranged): string | undefined {
  const { service_ipv4_cidr } = cluster.definition.tfvars.cluster;
  const met = routedBlocksOf(other).find(({ range }) => overlaps(range, service_ipv4_cidr));
  if (met === undefined) return undefined;
  return `the network of ${other.name}, ${met.range}, overlaps service_ipv4_cidr ${service_ipv4_cidr} of ${cluster.name}`;
}

/**
 * Pairs whose ranges overlap, of clusters that share an account or something that they are connected to, and which of these:
 * blocks nest, so it is enough to look at the open ones.
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

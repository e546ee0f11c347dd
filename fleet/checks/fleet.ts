import { aligned, firstFree, overlaps, prefixLength } from "../cidr";
import { type Cluster, slugOf } from "../cluster";
import { compareText } from "../problem";
import { didYouMean } from "../suggest";
import type { Finding } from "./finding";

const VPC_CIDR = ["tfvars", "networking", "vpc_cidr"] as const;

/** What the check of a range needs of a cluster; ranges that did not read are left out by the caller. */
export type Ranged = Pick<Cluster, "name" | "account" | "tfvars">;

/**
 * No two clusters that share an account, or are connected, use the same addresses. What is found stands with the later name,
 * which is most likely the newcomer. Within an account ranges are compared in the order of their addresses, so that a
 * thousand clusters cost a thousand comparisons, not a million.
 */
export function checkOverlaps(clusters: readonly Ranged[], every: readonly string[]): Map<string, Finding[]> {
  const findings = new Map<string, Finding[]>();
  const add = (cluster: string, finding: Finding): void => {
    findings.set(cluster, [...(findings.get(cluster) ?? []), finding]);
  };
  const told = new Set<string>();
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  const compare = (a: Ranged, b: Ranged, because: string): void => {
    const [first, second] = [a, b].sort((x, y) => compareText(x.name, y.name)) as [Ranged, Ranged];
    const pair = `${first.name} ${second.name}`;
    if (told.has(pair) || !overlaps(rangeOf(first), rangeOf(second))) return;
    told.add(pair);
    const used = clusters.filter(({ account }) => account.id === second.account.id).map(rangeOf);
    add(second.name, { path: VPC_CIDR, message: overlapMessage(first, second, because, used) });
  };
  for (const neighbours of byAccount(clusters).values()) {
    for (const [a, b] of neighbours) compare(a, b, `shares account ${a.account.name}`);
  }
  for (const cluster of clusters) {
    cluster.tfvars.networking.connected_to.forEach((name, index) => {
      const path = ["tfvars", "networking", "connected_to", index];
      const other = byName.get(name);
      if (name === cluster.name) add(cluster.name, { path, message: "names the cluster itself: name the other one" });
      else if (other !== undefined) {
        compare(cluster, other, "is connected to it");
        if (overlaps(other.tfvars.networking.vpc_cidr, cluster.tfvars.cluster.service_ipv4_cidr)) {
          const message = `the network of ${name}, ${rangeOf(other)}, overlaps this cluster's service_ipv4_cidr ${cluster.tfvars.cluster.service_ipv4_cidr}`;
          add(cluster.name, { path, message });
        }
      } else if (!every.includes(name)) {
        add(cluster.name, { path, message: `there is no cluster ${name}${didYouMean(name, every)}` });
      }
    });
  }
  return findings;
}

const rangeOf = (cluster: Ranged): string => cluster.tfvars.networking.vpc_cidr;

/** Pairs of an account's clusters whose ranges may overlap: blocks nest, so it is enough to look at the open ones. */
function byAccount(clusters: readonly Ranged[]): Map<string, [Ranged, Ranged][]> {
  const accounts = new Map<string, Ranged[]>();
  for (const cluster of clusters) {
    const there = accounts.get(cluster.account.id);
    if (there === undefined) accounts.set(cluster.account.id, [cluster]);
    else there.push(cluster);
  }
  return new Map([...accounts].map(([id, members]) => [id, nested(members)]));
}

function nested(members: readonly Ranged[]): [Ranged, Ranged][] {
  const address = (cidr: string): string =>
    cidr
      .replace(/\/.*/, "")
      .split(".")
      .map((octet) => octet.padStart(3, "0"))
      .join(".");
  const sorted = [...members]
    .map((cluster) => ({ cluster, start: address(aligned(rangeOf(cluster))), prefix: prefixLength(rangeOf(cluster)) }))
    .sort((a, b) => compareText(a.start, b.start) || a.prefix - b.prefix);
  const pairs: [Ranged, Ranged][] = [];
  let open: typeof sorted = [];
  for (const next of sorted) {
    open = open.filter(({ cluster }) => overlaps(rangeOf(cluster), rangeOf(next.cluster)));
    for (const { cluster } of open) pairs.push([cluster, next.cluster]);
    open.push(next);
  }
  return pairs;
}

function overlapMessage(first: Ranged, second: Ranged, because: string, used: readonly string[]): string {
  const taken = [...used, ...second.account.reserved_cidrs.map(({ cidr }) => cidr)];
  const free = firstFree(second.account.cidr_pools, prefixLength(rangeOf(second)), taken);
  const suggestion = free === undefined ? "" : `; free in account ${second.account.name}: ${free}`;
  return `${rangeOf(second)} overlaps ${rangeOf(first)} of ${first.name}, which ${because}${suggestion}`;
}

/** Two names may make one slug (`a.b-c` and `a-b.c`), and a slug names everything that a cluster has. */
export function sharedSlugs(names: readonly string[]): { readonly name: string; readonly other: string }[] {
  const first = new Map<string, string>();
  const shared: { name: string; other: string }[] = [];
  for (const name of [...names].sort(compareText)) {
    const other = first.get(slugOf(name));
    if (other === undefined) first.set(slugOf(name), name);
    else shared.push({ name, other });
  }
  return shared;
}

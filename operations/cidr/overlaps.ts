import type { Account, Cluster } from "../../fleet/model/cluster";
import { meetingPlaces } from "../../fleet/network/connections";
import { makesConnections } from "../../fleet/network/existing-vpc";
import { compareText } from "../../language/problem";
import { usedRanges } from "./account-space";
import { type Block, blockOf, holds, inOrder, touches } from "./blocks";
import type { Overlap } from "./report";

/** Shared address space for secondary blocks. It is not routed between networks, so each network can use the same part of it. */
const NOT_ROUTED = blockOf("100.64.0.0/10");

type Side = Overlap["a"] & { readonly block: Block };

/**
 * Returns the ranges that two connected accounts both have, with what connects them. Connected clusters themselves cannot overlap,
 * because their definitions would be refused; their neighbours can, and then never be connected.
 */
export function overlapsOf(accounts: readonly Account[], clusters: readonly Cluster[]): readonly Overlap[] {
  const every = new Map<string, Account>();
  for (const account of [...clusters.map((cluster) => cluster.account), ...accounts]) every.set(account.name, account);
  const chosen = new Set(accounts.map(({ name }) => name));
  return connectedAccounts(clusters).flatMap(({ a, b, because }) => {
    const [one, other] = [every.get(a), every.get(b)];
    if (one === undefined || other === undefined || !(chosen.has(a) || chosen.has(b))) return [];
    const [ours, theirs] = [sidesOf(one, clusters), sidesOf(other, clusters)];
    return ours.flatMap((left) =>
      theirs
        .filter((right) => touches(left.block, right.block) && isConflict(left, right, ours, theirs))
        .map((right): Overlap => ({ a: plain(left), b: plain(right), because })),
    );
  });
}

function plain({ account, by, cidr, use }: Side): Overlap["a"] {
  return { account, cidr, use, by };
}

/** Returns the pools of an account, and the ranges that it uses. */
function sidesOf(account: Account, clusters: readonly Cluster[]): readonly Side[] {
  const pools = account.cidr_pools.map((cidr) => ({ cidr, use: "pool" as const, by: "" }));
  return [...pools, ...usedRanges(account, clusters)]
    .map((each): Side => ({ account: account.name, block: blockOf(each.cidr), ...each }))
    .filter(({ block }) => !holds(NOT_ROUTED, block))
    .sort((a, b) => inOrder(a.block, b.block));
}

/**
 * True if both sides cannot be right. Both accounts can reserve the network that both are connected to. A pool conflicts with a range
 * that is not in a pool of its own account and that the pool's account does not reserve. Otherwise, the pools conflict.
 */
function isConflict(left: Side, right: Side, ours: readonly Side[], theirs: readonly Side[]): boolean {
  if (left.use !== "pool" && right.use !== "pool") return left.use !== "reserved" || right.use !== "reserved";
  if (left.use === "pool" && right.use === "pool") return true;
  const [range, own, others] = left.use === "pool" ? [right, theirs, ours] : [left, ours, theirs];
  const covers = (use: Side["use"]) => (side: Side) => side.use === use && holds(side.block, range.block);
  return !own.some(covers("pool")) && !others.some(covers("reserved"));
}

interface Connection {
  readonly a: string;
  readonly b: string;
  readonly because: string;
}

/** Returns the pairs of accounts whose networks are connected, each once, with the first connection of each. */
function connectedAccounts(clusters: readonly Cluster[]): readonly Connection[] {
  const found = new Map<string, Connection>();
  const add = (from: Cluster, to: Cluster, because: string): void => {
    const [a = "", b = ""] = [from.account.name, to.account.name].sort(compareText);
    const pair = JSON.stringify([a, b]);
    if (a !== b && !found.has(pair)) found.set(pair, { a, b, because });
  };
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  const met = new Map<string, Map<string, Cluster>>();
  for (const cluster of clusters) {
    const { networking } = cluster.tfvars;
    const peerings = makesConnections(networking) ? networking.vpc_peering_connections : [];
    for (const peer of peerings.flatMap((each) => byName.get(each.cluster ?? "") ?? []))
      add(cluster, peer, `${cluster.name} is peered with ${peer.name}`);
    for (const other of networking.connected_to.flatMap((name) => byName.get(name) ?? []))
      add(cluster, other, `${cluster.name} is connected to ${other.name}`);
    for (const place of meetingPlaces(networking)) {
      const firstOfAccounts = met.get(place) ?? new Map<string, Cluster>();
      for (const first of firstOfAccounts.values())
        add(first, cluster, `like ${first.name}, ${cluster.name} ${place.replace(/ too$/, "")}`);
      if (!firstOfAccounts.has(cluster.account.name)) firstOfAccounts.set(cluster.account.name, cluster);
      met.set(place, firstOfAccounts);
    }
  }
  return [...found.values()].sort((x, y) => compareText(x.a, y.a) || compareText(x.b, y.b));
}

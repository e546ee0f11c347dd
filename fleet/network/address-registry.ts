import { compareBlocks, freeBlocks, overlaps } from "../../language/words/cidr";
import type { Account, Cluster } from "../model/cluster";
import { rangesOf } from "./zones";

/** A range of an account, and what it is for. */
export interface RegisteredRange {
  readonly cidr: string;
  readonly use: "cluster" | "reserved" | "free";
  /** Which cluster's, or why it is kept; empty for what is free. */
  readonly by: string;
}

export interface AccountRanges {
  readonly account: string;
  /** In the order of their addresses; of an account without cidr_pools only what is used. */
  readonly ranges: readonly RegisteredRange[];
  /** Service ranges, which live inside of one cluster each, and how many clusters use them. */
  readonly services: readonly { readonly cidr: string; readonly clusters: number }[];
}

/** Returns the ranges of each account: those that clusters and others use, and the free ones of its pools. */
export function registerRanges(accounts: readonly Account[], clusters: readonly Cluster[]): readonly AccountRanges[] {
  return accounts.map((account) => {
    const own = clusters.filter((cluster) => cluster.account.name === account.name);
    const used: RegisteredRange[] = [
      ...own.flatMap(clusterRanges),
      ...account.reserved_cidrs.map(({ cidr, reason }) => ({ cidr, use: "reserved" as const, by: reason })),
    ];
    const taken = used.map(({ cidr }) => cidr);
    const free = account.cidr_pools.flatMap((pool) =>
      freeBlocks(
        pool,
        taken.filter((cidr) => overlaps(cidr, pool)),
      ).map((cidr): RegisteredRange => ({ cidr, use: "free", by: "" })),
    );
    const services = new Map<string, number>();
    for (const { tfvars } of own) {
      const { service_ipv4_cidr } = tfvars.cluster;
      services.set(service_ipv4_cidr, (services.get(service_ipv4_cidr) ?? 0) + 1);
    }
    return {
      account: account.name,
      ranges: [...used, ...free].sort((a, b) => compareBlocks(a.cidr, b.cidr)),
      services: [...services].map(([cidr, count]) => ({ cidr, clusters: count })),
    };
  });
}

function clusterRanges({ name, tfvars }: Cluster): RegisteredRange[] {
  return rangesOf(tfvars.networking).map(({ range }) => ({ cidr: range, use: "cluster", by: name }));
}

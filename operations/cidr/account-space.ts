import type { Account, Cluster } from "../../fleet/model/cluster";
import { vpcRanges } from "../../fleet/network/vpc-ranges";
import {
  type Block,
  blockOf,
  blocksThatFit,
  blockText,
  freeBlocks,
  holds,
  inOrder,
  nextBlocks,
  outermost,
  sizeOf,
} from "./blocks";
import type { AccountSpace } from "./report";

/** Prefix lengths that a new VPC can have. */
export const VPC_PREFIXES = [16, 17, 18, 19, 20, 21, 22, 23, 24] as const;

/** A range that something uses. */
interface Used {
  readonly cidr: string;
  readonly use: "cluster" | "reserved";
  readonly by: string;
}

/** Returns the clusters of an account. */
export function clustersOf(account: Account, clusters: readonly Cluster[]): readonly Cluster[] {
  return clusters.filter((cluster) => cluster.account.name === account.name);
}

/** Returns the ranges of an account that clusters use, and those that are reserved. */
export function usedRanges(account: Account, clusters: readonly Cluster[]): readonly Used[] {
  return [
    ...clustersOf(account, clusters).flatMap(({ name, tfvars }) =>
      vpcRanges(tfvars.networking).map((cidr): Used => ({ cidr, use: "cluster", by: name })),
    ),
    ...account.reserved_cidrs.map(({ cidr, reason }): Used => ({ cidr, use: "reserved", by: reason })),
  ];
}

/** Returns the pools of an account, without those inside another one, in the order of their addresses. */
export function poolsOf(account: Account): readonly Block[] {
  return outermost(account.cidr_pools.map(blockOf));
}

/** Returns the largest blocks of an account's pools that nothing uses, in the order of their addresses. */
export function freeIn(account: Account, clusters: readonly Cluster[]): readonly Block[] {
  const used = usedRanges(account, clusters).map(({ cidr }) => blockOf(cidr));
  return poolsOf(account).flatMap((pool) => freeBlocks(pool, used));
}

/**
 * Returns the largest blocks that a new VPC of the account can have. The ranges of Services in the account's clusters are left out,
 * because a new cluster is likely to have the same one, and it must not overlap its VPC.
 */
export function freeForVpc(account: Account, clusters: readonly Cluster[]): readonly Block[] {
  const services = clustersOf(account, clusters).map(({ tfvars }) => blockOf(tfvars.cluster.service_ipv4_cidr));
  return freeIn(account, clusters).flatMap((block) => freeBlocks(block, services));
}

/** Returns the ranges of an account, their users, and the free blocks. */
export function accountSpace(account: Account, clusters: readonly Cluster[]): AccountSpace {
  const pools = poolsOf(account);
  const free = freeIn(account, clusters);
  const vpcs = freeForVpc(account, clusters);
  const ranges = [
    ...usedRanges(account, clusters).map((used) => ({ block: blockOf(used.cidr), use: used.use, by: used.by })),
    ...free.map((block) => ({ block, use: "free" as const, by: "" })),
  ];
  return {
    account: account.name,
    pools: pools.map((pool) => {
      const left = free.filter((block) => holds(pool, block));
      const addresses = Number(sizeOf(pool));
      const unused = left.reduce((sum, block) => sum + Number(sizeOf(block)), 0);
      const largest = [...left].sort((a, b) => a.prefix - b.prefix || inOrder(a, b))[0];
      return {
        cidr: blockText(pool),
        addresses,
        used: addresses - unused,
        free: unused,
        largest_free: largest === undefined ? null : blockText(largest),
      };
    }),
    ranges: ranges
      .sort((a, b) => inOrder(a.block, b.block))
      .map(({ block, use, by }) => {
        const pool = pools.find((each) => holds(each, block));
        return {
          cidr: blockText(block),
          addresses: Number(sizeOf(block)),
          use,
          by,
          pool: pool === undefined ? null : blockText(pool),
        };
      }),
    sizes: VPC_PREFIXES.flatMap((prefix) =>
      nextBlocks(vpcs, prefix, 1).map((next) => ({
        prefix,
        blocks: blocksThatFit(vpcs, prefix),
        next: blockText(next),
      })),
    ),
    services: servicesOf(account, clusters),
  };
}

/** Returns the range of a cluster's Services; none with IPv6, because EKS chooses that range. */
export function serviceRanges({ tfvars }: Cluster): readonly string[] {
  return tfvars.networking.ip_family === "ipv6" ? [] : [tfvars.cluster.service_ipv4_cidr];
}

function servicesOf(account: Account, clusters: readonly Cluster[]): AccountSpace["services"] {
  const names = new Map<string, string[]>();
  for (const cluster of clustersOf(account, clusters)) {
    for (const range of serviceRanges(cluster)) names.set(range, [...(names.get(range) ?? []), cluster.name]);
  }
  return [...names]
    .map(([cidr, users]) => ({ block: blockOf(cidr), users }))
    .sort((a, b) => inOrder(a.block, b.block))
    .map(({ block, users }) => ({
      cidr: blockText(block),
      addresses: Number(sizeOf(block)),
      clusters: users,
    }));
}

import type { Account, Cluster } from "../../fleet/model/cluster";
import { accountSpace, freeForVpc } from "./account-space";
import { blocksThatFit, blockText, nextBlocks } from "./blocks";
import { overlapsOf } from "./overlaps";
import type { AddressSpace, FreeBlocks } from "./report";

/**
 * Returns the address space of accounts.
 *
 * @param accounts those that the answer is about
 * @param clusters every cluster of these accounts, and of accounts that are connected with them
 */
export function addressSpace(accounts: readonly Account[], clusters: readonly Cluster[]): AddressSpace {
  return {
    version: 1,
    kind: "space",
    accounts: accounts.map((account) => accountSpace(account, clusters)),
    overlaps: overlapsOf(accounts, clusters),
  };
}

/** Maximum number of free blocks in a report. */
const LISTED = 5;

/** Returns the next free blocks of a size for a new VPC in each account that has pools. */
export function nextFreeBlocks(accounts: readonly Account[], clusters: readonly Cluster[], prefix: number): FreeBlocks {
  return {
    version: 1,
    kind: "free",
    prefix,
    accounts: accounts
      .filter(({ cidr_pools }) => cidr_pools.length > 0)
      .map((account) => {
        const free = freeForVpc(account, clusters);
        return {
          account: account.name,
          available: blocksThatFit(free, prefix),
          next: nextBlocks(free, prefix, LISTED).map(blockText),
        };
      }),
  };
}

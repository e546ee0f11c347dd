import Table from "cli-table3";
import type { Fleet } from "../fleet/load";
import { registerRanges } from "../fleet/network/address-registry";
import { sizeOf } from "../language/words/cidr";

const HEAD = ["range", "addresses", "use", "of"];

/** Returns the registry of ranges as one table per account. */
export function rangesReport({ accounts, clusters }: Pick<Fleet, "accounts" | "clusters">): string {
  return registerRanges(accounts, clusters)
    .map(({ account, ranges, services }) => {
      const table = new Table({ head: HEAD, style: { head: [], border: [], compact: true } });
      for (const { cidr, use, by } of ranges) table.push([cidr, sizeOf(cidr).toLocaleString("en"), use, by]);
      for (const { cidr, clusters: count } of services)
        table.push([
          cidr,
          sizeOf(cidr).toLocaleString("en"),
          "services",
          `${count} ${count === 1 ? "cluster" : "clusters"}`,
        ]);
      return `${account}\n${table.toString()}`;
    })
    .join("\n\n");
}

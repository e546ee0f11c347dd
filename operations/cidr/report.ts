import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";

const version = z.literal(1).describe("Version of this format. It is raised if a property changes or disappears.");
const range = z.string().describe("A CIDR block.");
const count = z.int().min(0);

const size = z.object({
  prefix: z.int().describe("Prefix length of the blocks."),
  blocks: count.describe("Number of blocks of this size that are free."),
  next: range.describe("The first of them."),
});

const pool = z.object({
  cidr: range,
  addresses: count,
  used: count.describe("Addresses that clusters use or that are reserved."),
  free: count.describe("All other addresses of the pool."),
  largest_free: range
    .nullable()
    .describe("The largest free block, and the first of several; null if the pool is full."),
});

const use = z.object({
  cidr: range,
  addresses: count,
  use: z.enum(["cluster", "reserved", "free"]),
  by: z.string().describe("Name of the cluster, or the reason of a reserved range. Empty for a free range."),
  pool: range.nullable().describe("The pool that contains the range; null if it is in no pool."),
});

const services = z.object({
  cidr: range,
  addresses: count,
  clusters: z.array(z.string()).describe("Clusters with this range of Services. It exists in each of them only."),
});

const accountSpace = z.object({
  account: z.string(),
  pools: z.array(pool),
  ranges: z.array(use).describe("In the order of their addresses. Free ranges are those of the pools."),
  sizes: z.array(size).describe("What is free for a new VPC, by size; a size of which nothing is free is missing."),
  services: z.array(services),
});

const side = z.object({
  account: z.string(),
  cidr: range,
  use: z.enum(["pool", "cluster", "reserved"]),
  by: z.string().describe("Name of the cluster, or the reason of a reserved range. Empty for a pool."),
});

const overlap = z.object({
  a: side,
  b: side,
  because: z.string().describe("What connects the accounts."),
});

/** The address space of accounts: what each has, what is free, and where connected accounts use the same addresses. */
export const addressSpaceReport = z.object({
  version,
  kind: z.literal("space"),
  accounts: z.array(accountSpace),
  overlaps: z.array(overlap).describe("Ranges of two connected accounts that share addresses."),
});

const place = z.object({
  what: z.enum(["pool", "reserved", "vpc", "subnet", "services", "connection", "remote"]),
  range,
  account: z.string(),
  cluster: z.string().nullable(),
  tier: z.string().nullable(),
  zone: z.string().nullable(),
  by: z.string().describe("Reason of a reserved range, or name of a connection. Otherwise empty."),
});

/** The answer to a search for an address or a range. */
export const addressSearchReport = z.object({
  version,
  kind: z.literal("address"),
  address: z.string().describe("What was searched: an address, or a range from its first address."),
  clusters: z.array(z.string()).describe("Clusters whose VPC has the address, or a part of the range."),
  places: z.array(place).describe("All ranges that share addresses with it, the largest first."),
  free: z
    .array(z.object({ account: z.string(), pool: range, range }))
    .describe("Free blocks of the pools that share addresses with it."),
});

/** Blocks that are free for a new VPC. */
export const freeBlocksReport = z.object({
  version,
  kind: z.literal("free"),
  prefix: z.int(),
  accounts: z.array(
    z.object({
      account: z.string(),
      available: count.describe("Number of free blocks of this size."),
      next: z.array(range).describe("The first of them."),
    }),
  ),
});

export const cidrReport = z.discriminatedUnion("kind", [addressSpaceReport, addressSearchReport, freeBlocksReport]);

export type AddressSpace = DeepReadonly<z.output<typeof addressSpaceReport>>;
export type AccountSpace = DeepReadonly<z.output<typeof accountSpace>>;
export type Overlap = DeepReadonly<z.output<typeof overlap>>;
export type AddressSearch = DeepReadonly<z.output<typeof addressSearchReport>>;
export type Place = DeepReadonly<z.output<typeof place>>;
export type FreeBlocks = DeepReadonly<z.output<typeof freeBlocksReport>>;

import ipaddr from "ipaddr.js";

interface Block {
  /** The block's first address as a number. */
  readonly first: number;
  readonly size: number;
  readonly prefix: number;
}

const blocks = new Map<string, Block>();

/**
 * Reads an IPv4 block that the schema has accepted; an address inside the block means the block, and an address alone means itself.
 * Each block is read once: every check of every cluster reads the same few ranges, and parsing one takes the library longer than
 * everything that follows.
 */
function blockOf(cidr: string): Block {
  const known = blocks.get(cidr);
  if (known !== undefined) return known;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr.includes("/") ? cidr : `${cidr}/32`);
  const inside = address.octets.reduce((number, octet) => number * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  const block = { first: inside - (inside % size), size, prefix };
  blocks.set(cidr, block);
  return block;
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((bits) => (number >>> bits) & 0xff).join(".");
}

/** True if two blocks share an address. CIDR blocks nest or are disjoint: they never overlap in part. */
export function overlaps(a: string, b: string): boolean {
  const [one, other] = [blockOf(a), blockOf(b)];
  return one.first < other.first + other.size && other.first < one.first + one.size;
}

export function contains(outer: string, inner: string): boolean {
  return blockOf(outer).size >= blockOf(inner).size && overlaps(outer, inner);
}

/** Returns the IPv4 or IPv6 block that contains the address, in the spelling that AWS returns. */
export function aligned(cidr: string): string {
  const family = cidr.includes(":") ? ipaddr.IPv6 : ipaddr.IPv4;
  const [, prefix] = family.parseCIDR(cidr);
  return `${family.networkAddressFromCIDR(cidr)}/${prefix}`;
}

export function prefixLength(cidr: string): number {
  return blockOf(cidr).prefix;
}

/** Returns the `index`th block of a prefix length inside a block, counted from its start; undefined if it does not fit. */
export function blockWithin(outer: string, prefix: number, index: number): string | undefined {
  const block = blockOf(outer);
  if (prefix < block.prefix || index >= 2 ** (prefix - block.prefix)) return undefined;
  return `${addressOf(block.first + index * 2 ** (32 - prefix))}/${prefix}`;
}

/** Returns address number `index` of a block, counted from its first address. */
export function addressAt(cidr: string, index: number): string {
  return addressOf(blockOf(cidr).first + index);
}

/** Orders blocks by their first address, and blocks with the same first address from the largest to the smallest. */
export function compareBlocks(a: string, b: string): number {
  const [one, other] = [blockOf(a), blockOf(b)];
  return one.first - other.first || one.prefix - other.prefix;
}

/** Returns the first block of a prefix length in the pools that overlaps no used block; undefined if there is none. */
export function firstFree(pools: readonly string[], prefix: number, used: readonly string[]): string | undefined {
  for (const pool of pools) {
    // A /8 holds 4,096 blocks of /20: no suggestion needs to come from further on.
    for (let index = 0; index < 4096; index += 1) {
      const candidate = blockWithin(pool, prefix, index);
      if (candidate === undefined) break;
      if (!used.some((block) => overlaps(block, candidate))) return candidate;
    }
  }
  return undefined;
}

/** Returns how many addresses a block has. */
export function sizeOf(cidr: string): number {
  return blockOf(cidr).size;
}

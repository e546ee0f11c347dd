import { long2ip, Netmask } from "netmask";

const known = new Map<string, Netmask>();

/**
 * Reads text that the schema has accepted; an address inside the block means the block. Every check of every cluster begins
 * here, mostly with the same few ranges, and reading one takes the library longer than all that follows: each is read once.
 */
function blockOf(cidr: string): Netmask {
  const read = known.get(cidr) ?? new Netmask(cidr);
  known.set(cidr, read);
  return read;
}

/** Whether two blocks share an address. CIDR blocks nest or are apart, they never overlap in part. */
export function overlaps(a: string, b: string): boolean {
  const [one, other] = [blockOf(a), blockOf(b)];
  return one.netLong < other.netLong + other.size && other.netLong < one.netLong + one.size;
}

export function contains(outer: string, inner: string): boolean {
  return blockOf(outer).size >= blockOf(inner).size && overlaps(outer, inner);
}

/** The block whose address the text means: itself where it is aligned. */
export function aligned(cidr: string): string {
  return blockOf(cidr).toString();
}

export function prefixLength(cidr: string): number {
  return blockOf(cidr).bitmask;
}

/** The `index`th block of a prefix length inside a block, counted from its start; undefined where it does not fit. */
export function blockWithin(outer: string, prefix: number, index: number): string | undefined {
  const { netLong, bitmask } = blockOf(outer);
  if (prefix < bitmask || index >= 2 ** (prefix - bitmask)) return undefined;
  return `${long2ip(netLong + index * 2 ** (32 - prefix))}/${prefix}`;
}

/** Address number `index` of a block, counted from its base. */
export function addressAt(cidr: string, index: number): string {
  return long2ip(blockOf(cidr).netLong + index);
}

/** Orders blocks by their first address, and those that start together from the largest to the smallest. */
export function compareBlocks(a: string, b: string): number {
  const [one, other] = [blockOf(a), blockOf(b)];
  return one.netLong - other.netLong || one.bitmask - other.bitmask;
}

/** The first block of a prefix length in the pools that overlaps none of the used ones; undefined where there is none. */
export function firstFree(pools: readonly string[], prefix: number, used: readonly string[]): string | undefined {
  for (const pool of pools) {
    // A /8 holds 4,096 blocks of /20: nobody needs a suggestion from further on.
    for (let index = 0; index < 4096; index += 1) {
      const candidate = blockWithin(pool, prefix, index);
      if (candidate === undefined) break;
      if (!used.some((block) => overlaps(block, candidate))) return candidate;
    }
  }
  return undefined;
}

/** What is left of a block: the largest blocks that overlap none of the used ones, in the order of their addresses. */
export function freeBlocks(block: string, used: readonly string[]): readonly string[] {
  const within = used.filter((other) => overlaps(other, block));
  if (within.length === 0) return [block];
  const prefix = prefixLength(block) + 1;
  if (prefix > 32 || within.some((other) => contains(other, block))) return [];
  return [0, 1].flatMap((half) => freeBlocks(blockWithin(block, prefix, half) ?? block, within));
}

/** How many addresses a block has. */
export function sizeOf(cidr: string): number {
  return blockOf(cidr).size;
}

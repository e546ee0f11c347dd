/** A block of IPv4 addresses as numbers: 32 bits fit into a double, and arithmetic on them is exact. */
interface Block {
  readonly first: number;
  readonly prefix: number;
  readonly size: number;
}

const DOT = ".".charCodeAt(0);
const SLASH = "/".charCodeAt(0);
const ZERO = "0".charCodeAt(0);

/**
 * Reads text that the schema has accepted; an address inside the block means the block. One pass and no arrays, because every
 * check of every cluster begins here.
 */
function blockOf(cidr: string): Block {
  let address = 0;
  let part = 0;
  for (let index = 0; index < cidr.length; index += 1) {
    const code = cidr.charCodeAt(index);
    if (code === DOT || code === SLASH) {
      address = address * 256 + part;
      part = 0;
    } else part = part * 10 + code - ZERO;
  }
  const size = 2 ** (32 - part);
  return { first: address - (address % size), prefix: part, size };
}

function addressText(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}

/** Whether two blocks share an address. CIDR blocks nest or are apart, they never overlap in part. */
export function overlaps(a: string, b: string): boolean {
  const [one, other] = [blockOf(a), blockOf(b)];
  return one.first < other.first + other.size && other.first < one.first + one.size;
}

export function contains(outer: string, inner: string): boolean {
  return blockOf(outer).prefix <= blockOf(inner).prefix && overlaps(outer, inner);
}

/** The block whose address the text means: itself where it is aligned. */
export function aligned(cidr: string): string {
  const { first, prefix } = blockOf(cidr);
  return `${addressText(first)}/${prefix}`;
}

export function prefixLength(cidr: string): number {
  return blockOf(cidr).prefix;
}

/** The `index`th block of a prefix length inside a block, counted from its start; undefined where it does not fit. */
export function blockWithin(outer: string, prefix: number, index: number): string | undefined {
  const container = blockOf(outer);
  if (prefix < container.prefix || index >= 2 ** (prefix - container.prefix)) return undefined;
  return `${addressText(container.first + index * 2 ** (32 - prefix))}/${prefix}`;
}

/** Address number `index` of a block, counted from its base. */
export function addressAt(cidr: string, index: number): string {
  return addressText(blockOf(cidr).first + index);
}

/** Orders blocks by their first address, and those that start together from the largest to the smallest. */
export function compareBlocks(a: string, b: string): number {
  const [one, other] = [blockOf(a), blockOf(b)];
  return one.first - other.first || one.prefix - other.prefix;
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

import { isIPv4, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";

/** A CIDR block of either family. */
export interface Block {
  readonly family: 4 | 6;
  /** The first address as a number. */
  readonly first: bigint;
  readonly prefix: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * Reads an address, which is a block of one address, or a CIDR block. An address inside the block means the block.
 * Returns undefined for any other text.
 */
export function parseBlock(text: string): Block | undefined {
  const [address = "", length, ...more] = text.split("/");
  const family = isIPv4(address) ? 4 : isIPv6(address) && !address.includes("%") ? 6 : undefined;
  if (family === undefined || more.length > 0) return undefined;
  if (length !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const prefix = length === undefined ? BITS[family] : Number(length);
  if (prefix > BITS[family]) return undefined;
  const bytes = ipaddr.parse(address).toByteArray();
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { family, first: number - (number % sizeOf({ family, prefix })), prefix };
}

/** Reads text that a schema has accepted as an address or a block. */
export function blockOf(text: string): Block {
  const block = parseBlock(text);
  if (block === undefined) throw new RangeError(`${JSON.stringify(text)} is not an address or a CIDR block`);
  return block;
}

/** Returns a block as AWS spells it: `10.0.0.0/16`, `2001:db8::/32`. */
export function blockText({ family, first, prefix }: Block): string {
  return `${addressText(family, first)}/${prefix}`;
}

function addressText(family: Block["family"], number: bigint): string {
  const bytes = Array.from({ length: BITS[family] / 8 }, (_, index) =>
    Number((number >> BigInt(BITS[family] - 8 * (index + 1))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** Returns the number of addresses in a block. */
export function sizeOf({ family, prefix }: Pick<Block, "family" | "prefix">): bigint {
  return 1n << BigInt(BITS[family] - prefix);
}

/** True if every address of the inner block is in the outer one. */
export function holds(outer: Block, inner: Block): boolean {
  return (
    outer.family === inner.family &&
    outer.prefix <= inner.prefix &&
    inner.first - (inner.first % sizeOf(outer)) === outer.first
  );
}

/** True if two blocks share an address. Blocks nest or are disjoint. */
export function touches(a: Block, b: Block): boolean {
  return holds(a, b) || holds(b, a);
}

/** Orders blocks by family, first address, and the larger first. */
export function inOrder(a: Block, b: Block): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}

/** Returns the blocks that are in no other block of the list, each once, in order. */
export function outermost(blocks: readonly Block[]): readonly Block[] {
  const kept: Block[] = [];
  for (const block of [...blocks].sort(inOrder)) {
    const last = kept.at(-1);
    if (last === undefined || !holds(last, block)) kept.push(block);
  }
  return kept;
}

/** Returns the largest blocks of a block that share no address with used blocks, in order. */
export function freeBlocks(block: Block, used: readonly Block[]): readonly Block[] {
  const within = used.filter((other) => touches(other, block));
  if (within.length === 0) return [block];
  if (within.some((other) => holds(other, block))) return [];
  const prefix = block.prefix + 1;
  const half = sizeOf({ ...block, prefix });
  return [block.first, block.first + half].flatMap((first) => freeBlocks({ ...block, first, prefix }, within));
}

/** Returns the number of blocks of a prefix length that fit into the free blocks. */
export function blocksThatFit(free: readonly Block[], prefix: number): number {
  return free.reduce((sum, block) => sum + (block.prefix > prefix ? 0 : 2 ** (prefix - block.prefix)), 0);
}

/** Returns the first blocks of a prefix length in the free blocks, in order, at most `count` of them. */
export function nextBlocks(free: readonly Block[], prefix: number, count: number): readonly Block[] {
  const found: Block[] = [];
  for (const block of free) {
    const size = sizeOf({ ...block, prefix });
    const end = block.first + sizeOf(block);
    if (block.prefix > prefix) continue;
    for (let { first } = block; first < end && found.length < count; first += size) {
      found.push({ ...block, first, prefix });
    }
  }
  return found;
}

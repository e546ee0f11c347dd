import { Netmask } from "netmask";

/** Whether two blocks share an address. CIDR blocks nest or are apart, they never overlap in part. */
export function overlaps(a: string, b: string): boolean {
  const [one, other] = [new Netmask(a), new Netmask(b)];
  return one.contains(other) || other.contains(one);
}

export function contains(outer: string, inner: string): boolean {
  return new Netmask(outer).contains(new Netmask(inner));
}

/** The block whose address the text means: itself where it is aligned. */
export function aligned(cidr: string): string {
  const block = new Netmask(cidr);
  return `${block.base}/${block.bitmask}`;
}

export function prefixLength(cidr: string): number {
  return new Netmask(cidr).bitmask;
}

/** The `index`th block of a prefix length inside a block, counted from its start; undefined where it does not fit. */
export function blockWithin(outer: string, prefix: number, index: number): string | undefined {
  const container = new Netmask(outer);
  if (prefix < container.bitmask || index >= 2 ** (prefix - container.bitmask)) return undefined;
  const first = new Netmask(`${container.base}/${prefix}`);
  const block = index === 0 ? first : first.next(index);
  return `${block.base}/${block.bitmask}`;
}

/** Address number `index` of a block, counted from its base. */
export function addressAt(cidr: string, index: number): string {
  const block = new Netmask(cidr);
  const address = new Netmask(`${block.base}/32`);
  return index === 0 ? block.base : address.next(index).base;
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

import ipaddr from "ipaddr.js";

/** The largest block that one organization has: /8 of IPv4, /16 of IPv6. A larger one is part of the internet. */
const LARGEST = { ipv4: 8, ipv6: 16 };

type Block = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** A large plan has the same few ranges many times. */
const MOST_KNOWN = 10_000;
const known = new Map<string, Block | undefined>();

function blockOf(range: string): Block | undefined {
  if (known.has(range)) return known.get(range);
  if (known.size >= MOST_KNOWN) known.clear();
  const block = parsed(range);
  known.set(range, block);
  return block;
}

function parsed(range: string): Block | undefined {
  try {
    return ipaddr.parseCIDR(range);
  } catch {
    return undefined;
  }
}

/** True if a range is the internet, or so large a part of it that a few such ranges replace 0.0.0.0/0. */
export function isInternet(range: string): boolean {
  const block = blockOf(range);
  return block !== undefined && block[1] < LARGEST[block[0].kind()];
}

/** True if a range contains every address of another one. */
export function includes(outer: string, inner: string): boolean {
  const [one, other] = [blockOf(outer), blockOf(inner)];
  if (one === undefined || other === undefined) return outer === inner;
  if (one[0].kind() !== other[0].kind() || one[1] > other[1]) return false;
  const [address, length] = one;
  return other[0].kind() === "ipv4"
    ? (other[0] as ipaddr.IPv4).match(address as ipaddr.IPv4, length)
    : (other[0] as ipaddr.IPv6).match(address as ipaddr.IPv6, length);
}

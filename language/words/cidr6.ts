const GROUPS = 8;

/** The IPv6 block that an address with a prefix length means, in the one way of writing it that AWS answers with. */
export function alignedIpv6(cidr: string): string {
  const [address = "", length = "128"] = cidr.split("/");
  const kept = groupsOf(address).map((group, index) => {
    const bits = Math.min(16, Math.max(0, Number(length) - 16 * index));
    return group & (0xffff << (16 - bits));
  });
  return `${shortest(kept.map((group) => (group & 0xffff).toString(16)).join(":"))}/${Number(length)}`;
}

function groupsOf(address: string): readonly number[] {
  const [before = "", after = ""] = shortest(address).split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const [head, tail] = [groups(before), groups(after)];
  return [...head, ...Array<number>(GROUPS - head.length - tail.length).fill(0), ...tail];
}

/** URLs hold an address in its shortest form, of hexadecimal digits only. */
function shortest(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

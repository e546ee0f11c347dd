import type { Path } from "../../language/yaml/tree";
import type { Finding } from "./finding";

/** The largest block that one organization has (IANA's registries): /8 of IPv4, /16 of IPv6. A larger one is part of the internet. */
const LARGEST = { ipv4: 8, ipv6: 16 };

/** True if a range is so large that it means the internet, even where several of them replace 0.0.0.0/0. */
function isWide(range: string): boolean {
  const length = Number(range.slice(range.indexOf("/") + 1));
  return range.includes("/") && length < (range.includes(":") ? LARGEST.ipv6 : LARGEST.ipv4);
}

/**
 * Warns of a range that means the internet.
 *
 * @param what what the range opens, such as `SSH of the nodes`
 */
export function wideRange(path: Path, range: string, what: string): Finding[] {
  if (!isWide(range)) return [];
  const message = `${range} opens ${what} to a large part of the internet. Set the ranges of those who use it`;
  return [{ path, message, severity: "warning" }];
}

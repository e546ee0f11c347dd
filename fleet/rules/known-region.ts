import { didYouMean, listed } from "../../language/suggest";
import type { Path } from "../../language/yaml/tree";
import type { Finding } from "./finding";

/** Reports a region that is not in regions.yaml; nothing if that file lists none. */
export function knownRegion(path: Path, region: string, known: readonly string[]): Finding[] {
  if (known.length === 0 || known.includes(region)) return [];
  const meant = didYouMean(region, known) || `. Known regions: ${listed(known, 40)}`;
  return [{ path, message: `unknown region ${JSON.stringify(region)}${meant}` }];
}

import { reportEach } from "../../language/each-item";
import type { Path } from "../../language/yaml/tree";
import type { AddonSubject } from "./addon-context";

/** A report of an addon's rule about the addon's settings on a cluster. */
export interface AddonFinding {
  /** Within the addon's section of the definition, such as `["options", "bucket"]`. */
  readonly path: Path;
  /** The mistake, and what to do. */
  readonly message: string;
  readonly severity?: "warning";
}

/**
 * A rule about an addon's settings on a cluster. A rule that reads a refused value stops there and reports nothing, so each
 * reads only what it is about. Its type is a method's, so that addons with different options have one type.
 */
export type AddonRule<Options> = {
  rule(subject: AddonSubject, options: Options): readonly AddonFinding[];
}["rule"];

/** Reports an option, or a key within it, if `wrong` is true. */
export function reportOption(wrong: boolean, key: string | Path, message: string): AddonFinding[] {
  return wrong ? [{ path: ["options", ...(typeof key === "string" ? [key] : key)], message }] : [];
}

/** Reports the addon's switch if `wrong` is true. */
export function reportSwitch(wrong: boolean, message: string, severity?: "warning"): AddonFinding[] {
  return wrong ? [{ path: ["enabled"], message, ...(severity && { severity }) }] : [];
}

/** Applies rules to each item of a list. Paths begin at the item; `path` is that of the list within the addon's section. */
export function reportItems<Item>(
  path: Path,
  items: readonly Item[],
  rules: readonly ((item: Item, index: number) => readonly AddonFinding[])[],
): AddonFinding[] {
  return reportEach(items, rules).map(([index, found]) => ({ ...found, path: [...path, index, ...found.path] }));
}

/** Reports a key of an item if `wrong` is true. */
export function reportKey(wrong: boolean, path: Path, message: string): AddonFinding[] {
  return wrong ? [{ path, message }] : [];
}

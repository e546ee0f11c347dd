import { reportEach } from "../../language/each-item";
import { given } from "../../language/given";
import type { Path } from "../../language/yaml/tree";
import type { Finding } from "./finding";

/** A rule about one item of a list. Its paths begin at the item, or with `tfvars` or `meta`. */
export type ItemRule<Item> = (item: Item, index: number) => readonly Finding[];

/**
 * Applies rules to each item of a list. A refused value silences only the rule that reads it, and only for the item that it is
 * in.
 */
export function eachItem<Item>(path: Path, items: readonly Item[], rules: readonly ItemRule<Item>[]): Finding[] {
  return reportEach(items, rules).map(([index, found]) => within([...path, index], found));
}

/** Returns a finding whose paths begin at the root, from one whose paths begin at `path`. */
export function within(path: Path, { because, against, ...finding }: Finding): Finding {
  const whole = (each: Path): Path => (each[0] === "tfvars" || each[0] === "meta" ? each : [...path, ...each]);
  return {
    ...finding,
    path: whole(finding.path),
    ...given({ because: because?.map(whole), against: against?.map(whole) }),
  };
}

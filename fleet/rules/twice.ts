import type { Path } from "../../language/yaml/tree";
import { ifCertain } from "../parse/refused";
import type { Finding } from "./finding";

/** Reports items of a list that are in it more than once. */
export function namedTwice(items: readonly (string | number)[], path: Path): Finding[] {
  return sameTwice(items, String, (item) => `lists ${item} twice. Remove one of them`).map((finding) => ({
    ...finding,
    path: [...path, ...finding.path],
  }));
}

/**
 * Reports items of a list that share what only one may have, at the later ones. An item that was refused is passed over.
 *
 * @param of what must be unique; undefined where an item has none
 */
export function sharedTwice<Item extends { readonly name: string }>(
  items: readonly Item[],
  of: (item: Item) => string | undefined,
  path: Path,
  key: string,
  message: (value: string, first: string) => string,
): Finding[] {
  return sameTwice(items, of, (value, first) => message(value, first.name)).map((finding) => ({
    ...finding,
    path: [...path, ...finding.path, key],
  }));
}

function sameTwice<Item>(
  items: readonly Item[],
  of: (item: Item) => string | undefined,
  message: (value: string, first: Item) => string,
): Finding[] {
  const owners = new Map<string, Item>();
  const findings: Finding[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const read = ifCertain(() => ({ item: items[index] as Item, value: of(items[index] as Item) }));
    if (read?.value === undefined) continue;
    const first = owners.get(read.value);
    if (first === undefined) owners.set(read.value, read.item);
    else findings.push({ path: [index], message: message(read.value, first) });
  }
  return findings;
}

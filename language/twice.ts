import { ifCertain } from "./refused";
import type { Path } from "./yaml/tree";

/** What is reported of an item. */
interface Twin {
  readonly path: Path;
  readonly message: string;
}

/** Reports items of a list that are in it more than once, at the later ones. An item that was refused is passed over. */
export function namedTwice(items: readonly (string | number)[], path: Path): Twin[] {
  return sameTwice(path, items, String, (item) => `lists ${item} twice. Remove one of them`);
}

/**
 * Reports items of a list that share what only one may have, at a key of the later ones. An item that was refused is passed
 * over.
 *
 * @param of what must be unique; undefined where an item has none
 */
export function sharedTwice<Item extends { readonly name: string }>(
  items: readonly Item[],
  of: (item: Item) => string | undefined,
  path: Path,
  key: string,
  message: (value: string, first: string) => string,
): Twin[] {
  return sameTwice(path, items, of, (value, first) => message(value, first.name), [key]);
}

/**
 * Reports items of a list that share what only one may have, at the later ones. An item that was refused is passed over.
 *
 * @param of what must be unique; undefined where an item has none
 * @param key path within the item
 */
export function sameTwice<Item>(
  path: Path,
  items: readonly Item[],
  of: (item: Item) => string | undefined,
  message: (value: string, first: Item) => string,
  key: Path = [],
): Twin[] {
  const owners = new Map<string, Item>();
  const twins: Twin[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const read = ifCertain(() => ({ item: items[index] as Item, value: of(items[index] as Item) }));
    if (read?.value === undefined) continue;
    const first = owners.get(read.value);
    if (first === undefined) owners.set(read.value, read.item);
    else twins.push({ path: [...path, index, ...key], message: message(read.value, first) });
  }
  return twins;
}

import { ifCertain } from "./refused";
import type { Path } from "./yaml/tree";

/** The report about an item. */
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
  return repeated(items, of).map(({ first, index, value }) => {
    return { path: [...path, index, ...key], message: message(value, first) };
  });
}

/** An item of a list that shares a value with an earlier one. */
interface Repeated<Item> {
  readonly item: Item;
  readonly index: number;
  readonly first: Item;
  readonly value: string;
}

/**
 * Returns the items of a list that share a value with an earlier one, each with the first that has it. An item that was refused is
 * passed over.
 *
 * @param of the value; undefined where an item has none
 */
export function repeated<Item>(items: readonly Item[], of: (item: Item) => string | undefined): Repeated<Item>[] {
  const owners = new Map<string, Item>();
  const found: Repeated<Item>[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const read = ifCertain(() => ({ item: items[index] as Item, value: of(items[index] as Item) }));
    if (read?.value === undefined) continue;
    const { item, value } = read;
    const first = owners.get(value);
    if (first === undefined) owners.set(value, item);
    else found.push({ item, index, first, value });
  }
  return found;
}

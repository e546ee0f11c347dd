import type { Path } from "../../language/yaml/tree";
import type { Finding } from "./finding";

/** Items of a list that stand in it more than once. */
export function namedTwice(items: readonly (string | number)[], path: Path): Finding[] {
  return items.flatMap((item, index) =>
    items.indexOf(item) < index ? [{ path: [...path, index], message: `names ${item} twice: name each once` }] : [],
  );
}

/** Items of a list that share what only one may have. */
export function sharedTwice<Item extends { readonly name: string }>(
  items: readonly Item[],
  of: (item: Item) => string | undefined,
  path: Path,
  key: string,
  message: (value: string, first: string) => string,
): Finding[] {
  const owner = new Map<string, string>();
  return items.flatMap((item, index): Finding[] => {
    const value = of(item);
    if (value === undefined) return [];
    const first = owner.get(value);
    if (first === undefined) {
      owner.set(value, item.name);
      return [];
    }
    return [{ path: [...path, index, key], message: message(value, first) }];
  });
}

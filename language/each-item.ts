import { ifCertain } from "./refused";

/**
 * Applies rules to each item of a list, and returns what they report with the index of the item. A refused value silences only
 * the rule that reads it, and only for the item that it is in.
 */
export function reportEach<Item, Found>(
  items: readonly Item[],
  rules: readonly ((item: Item, index: number) => readonly Found[])[],
): (readonly [index: number, found: Found])[] {
  const found: (readonly [number, Found])[] = [];
  for (let index = 0; index < items.length; index += 1) {
    for (const rule of rules) {
      const reported = ifCertain(() => rule(items[index] as Item, index));
      if (reported === undefined) continue;
      for (const each of reported) found.push([index, each]);
    }
  }
  return found;
}

/**
 * Items in an order in which each comes after those it names, and among equals in the given order. Names that are not among
 * the items are not waited for. `stuck` wait for each other.
 */
export function inOrder<Item>(
  items: readonly Item[],
  of: { readonly name: (item: Item) => string; readonly after: (item: Item) => readonly string[] },
): { readonly ordered: readonly Item[]; readonly stuck: readonly Item[] } {
  const given = new Set(items.map(of.name));
  const done = new Set<string>();
  const ordered: Item[] = [];
  let waiting = items;
  while (waiting.length > 0) {
    const next = waiting.find((item) => of.after(item).every((name) => done.has(name) || !given.has(name)));
    if (next === undefined) break;
    ordered.push(next);
    done.add(of.name(next));
    waiting = waiting.filter((item) => item !== next);
  }
  return { ordered, stuck: waiting };
}

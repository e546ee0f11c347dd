import type { Addon } from "../../addons/addon";

/**
 * Addons in an order in which each comes after those it requires or follows, and among equals in the given order. One that is
 * not given is not waited for: that a required one is there is a check of the definition.
 */
export function installOrder<Item extends { readonly addon: Addon }>(items: readonly Item[]): readonly Item[] {
  const given = new Set(items.map(({ addon }) => addon.name));
  const done = new Set<string>();
  const ordered: Item[] = [];
  let waiting = items;
  while (waiting.length > 0) {
    const next = waiting.find(({ addon }) => comesAfter(addon).every((name) => done.has(name) || !given.has(name)));
    if (next === undefined) {
      throw new Error(`addons wait for each other: ${waiting.map(({ addon }) => addon.name).join(", ")}`);
    }
    ordered.push(next);
    done.add(next.addon.name);
    waiting = waiting.filter((item) => item !== next);
  }
  return ordered;
}

/** Keys of the addons that come before it, where a cluster has them. */
export function comesAfter({ requires, after }: Addon): readonly string[] {
  return [...requires, ...after];
}

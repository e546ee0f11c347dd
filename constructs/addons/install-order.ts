import type { Addon } from "../../addons/contract/addon";
import { inOrder } from "../../language/in-order";

/**
 * Addons in an order in which each comes after those it requires or follows, and among equals in the given order. One that is
 * not given is not waited for: that a required one is there is a check of the definition.
 */
export function installOrder<Item extends { readonly addon: Addon }>(items: readonly Item[]): readonly Item[] {
  const { ordered, stuck } = inOrder(items, {
    name: ({ addon }) => addon.name,
    after: ({ addon }) => comesAfter(addon),
  });
  if (stuck.length > 0) {
    throw new Error(`addons wait for each other: ${stuck.map(({ addon }) => addon.name).join(", ")}`);
  }
  return ordered;
}

/** Keys of the addons that come before it, where a cluster has them. */
export function comesAfter({ requires, after }: Addon): readonly string[] {
  return [...requires, ...after];
}

import type { Addon } from "../../addons/contract/addon";
import { inOrder } from "../../language/in-order";

type Ordered = Pick<Addon, "name" | "requires" | "after">;

/**
 * Returns addons in an order in which each comes after those that it requires or follows, and otherwise in the given order. An
 * addon that is not given is not waited for: a check of the definition reports a required addon that is missing.
 */
export function installOrder<Item extends Ordered>(items: readonly Item[]): readonly Item[] {
  const { ordered, stuck } = inOrder(items, { name: ({ name }) => name, after: comesAfter });
  if (stuck.length > 0) throw new Error(`addons wait for each other: ${stuck.map(({ name }) => name).join(", ")}`);
  return ordered;
}

/** Returns the keys of the addons that are installed before an addon, if the cluster has them. */
export function comesAfter({ requires, after }: Ordered): readonly string[] {
  return [...requires, ...after];
}

import data from "./data/efa.json";

const CARDS: Readonly<Record<string, number>> = data.cards;

/** Returns the most Elastic Fabric Adapters that an instance can have; undefined for a type that is not in the list. */
export function mostAdapters(instanceType: string): number | undefined {
  if (/\.(?:nano|micro|small|medium|large)$/.test(instanceType)) return 0; // the card of such a size is shared
  return Object.hasOwn(CARDS, instanceType) ? CARDS[instanceType] : undefined;
}

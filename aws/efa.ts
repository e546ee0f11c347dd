import data from "./data/efa.json";
import { isRetired } from "./instance-offerings";
import { instanceLimits } from "./instance-types";

const CARDS: Readonly<Record<string, number>> = data.cards;

/**
 * Adapters of types whose first network card supports none: it carries IP alone, and each further card has one adapter. The source
 * is AWS's guide to instances with several network cards, and its answer about P6-B300 of December 2025.
 */
const AFTER_FIRST_CARD: Readonly<Record<string, number>> = { "p6-b300.48xlarge": 16 };

/** The day of the list of adapters. */
export const EFA_DATE = data.date;

/** True if the first network card of a type supports no adapter. */
export function firstCardTakesNoAdapter(instanceType: string): boolean {
  return Object.hasOwn(AFTER_FIRST_CARD, instanceType);
}

/** Returns the most Elastic Fabric Adapters that an instance can have; undefined for a type that is newer or older than the list. */
export function mostAdapters(instanceType: string): number | undefined {
  if (/\.(?:nano|micro|small|medium|large)$/.test(instanceType)) return 0; // no such size of any family has one
  if (firstCardTakesNoAdapter(instanceType)) return AFTER_FIRST_CARD[instanceType];
  if (Object.hasOwn(CARDS, instanceType)) return CARDS[instanceType];
  return instanceLimits(instanceType) === undefined || isRetired(instanceType) ? undefined : 0;
}

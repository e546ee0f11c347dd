import { ownValue } from "../language/plain-map";
import instances from "./data/instance-prices.json";
import prices from "./data/prices.json";

/** A price for a month, and where it was seen. */
export interface Price {
  readonly what: string;
  readonly monthly: number;
  readonly source: string;
  readonly date: string;
}

export type PricedItem = keyof typeof prices.items;

/** The region of all prices. */
export const PRICES_REGION = prices.region;
export const CURRENCY = prices.currency;

/** Returns the price of something that is not an instance. */
export function priceOf(item: PricedItem): Price {
  return prices.items[item];
}

const FAMILIES: Readonly<Record<string, string>> = instances.hourly;

/** Returns the on-demand price of an instance type with Linux; undefined if the list does not have it. */
export function instancePrice(type: string): Price | undefined {
  const [family = "", size = ""] = type.split(".");
  const found = (ownValue(FAMILIES, family) ?? "").split(" ").find((each) => each.startsWith(`${size}:`));
  if (found === undefined) return undefined;
  const monthly = Number(found.slice(size.length + 1)) * prices.hours;
  return { what: `${type}, on demand`, monthly, source: instances.source, date: instances.date };
}

import { isMap, type PlainMap } from "../../language/plain-map";

const INDEX = /^(?:\d+|\*)$/;

/** True if a reference reads what the configuration sets, and not what the provider computes, which may be inside of a block. */
export function isConfigured(body: PlainMap, path: readonly string[]): boolean {
  return path.length > 0 && configured(body, path) !== undefined;
}

function configured(value: unknown, [part, ...rest]: readonly string[]): unknown {
  if (part === undefined || typeof value === "string") return value; // a string is an expression, whose parts cannot be read
  if (Array.isArray(value)) return configured(value[INDEX.test(part) ? Number(part) || 0 : 0], rest);
  if (!isMap(value)) return undefined;
  if (Object.hasOwn(value, part)) return configured(value[part], rest);
  return INDEX.test(part) ? configured(value, rest) : undefined; // a block is one map, or a list of one
}

/** True if a difference is in what a reference reads: one of both paths contains the other. */
export function concerns(difference: readonly string[], reference: readonly string[]): boolean {
  const [found, read] = [
    difference.filter((part) => !part.startsWith("[")),
    reference.filter((part) => !INDEX.test(part)),
  ];
  return found.slice(0, read.length).every((part, index) => part === read[index]);
}

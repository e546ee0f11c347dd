import { isMap, type PlainMap } from "../../language/plain-map";
import { isUnknown } from "./unknown";

/** A difference between two values, at the smallest part that differs. */
export interface Difference {
  /** Keys from the outermost; an item of a list by its key in brackets: `tag[Name].value`. */
  readonly path: readonly string[];
  /** Undefined if the part is new. */
  readonly before: unknown;
  /** Undefined if the part is gone. */
  readonly after: unknown;
  /** The reason why the value is unknown until the apply: a reference to a changed resource. */
  readonly because?: string;
}

/** Keys that identify an item of a list, the first that every item has. */
const ITEM_KEYS = ["name", "key", "id", "Sid", "sid", "device_name", "resource_type", "instance_type", "type"];

/**
 * Returns the differences between two values. Items of lists are compared by what identifies them, so that one more item is one
 * difference. Text that contains JSON is compared as JSON, and text with several lines line by line.
 */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (isUnknown(after)) return [{ path, before, after: undefined, because: after.because }];
  if (Array.isArray(before) || Array.isArray(after)) return ofLists(before, after, path);
  if (isMap(before) && isMap(after)) return ofMaps(before, after, path);
  if (typeof before === "string" && typeof after === "string") return ofTexts(before, after, path);
  // Terraform converts between text, numbers and booleans.
  return before === after || (isScalar(before) && isScalar(after) && String(before) === String(after))
    ? []
    : [{ path, before, after }];
}

/** Writes a path as people read it. */
export function pathText(path: readonly string[]): string {
  return path
    .map((part, index) => {
      if (part.startsWith("[")) return part;
      if (/^[\w-]+$/.test(part)) return index === 0 ? part : `.${part}`;
      return `[${JSON.stringify(part)}]`;
    })
    .join("");
}

function ofMaps(before: PlainMap, after: PlainMap, path: readonly string[]): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => differences(ownOf(before, key), ownOf(after, key), [...path, key]));
}

function ownOf(map: PlainMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function ofLists(before: unknown, after: unknown, path: readonly string[]): Difference[] {
  if (before === undefined || after === undefined) return [{ path, before, after }];
  // Terraform's JSON has a block as one object or as a list of one.
  const [old, now] = [asList(before), asList(after)];
  if (old.length === 1 && now.length === 1 && path.length > 0 && isSameKind(old[0], now[0])) {
    const [first, second] = [old[0], now[0]];
    if ((isMap(first) && objectName(first) === undefined) || isJson(first)) return differences(first, second, path);
  }
  const key = itemKey([old, now]);
  if (key !== undefined) return ofItems(keyed(old, key), keyed(now, key), path);
  return ofUnnamed(old, now, path);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isSameKind(before: unknown, after: unknown): boolean {
  return isMap(before) === isMap(after) && isJson(before) === isJson(after);
}

type KeyOf = (item: unknown) => string | undefined;

/** Returns the key that identifies the items of both lists; undefined if there is none. */
function itemKey(lists: readonly (readonly unknown[])[]): KeyOf | undefined {
  const candidates: KeyOf[] = [objectName, ...ITEM_KEYS.map((key) => (item: unknown) => scalarAt(item, key))];
  return candidates.find((candidate) =>
    lists.every((items) => {
      const keys = items.map(candidate);
      return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
    }),
  );
}

/** Name of a Kubernetes object. */
function objectName(item: unknown): string | undefined {
  const name = isMap(item) ? scalarAt(item["metadata"], "name") : undefined;
  if (name === undefined || !isMap(item)) return undefined;
  const namespace = scalarAt(item["metadata"], "namespace");
  return [scalarAt(item, "kind"), namespace, name].filter((part) => part !== undefined).join("/");
}

function scalarAt(item: unknown, key: string): string | undefined {
  const value = isMap(item) ? ownOf(item, key) : undefined;
  return isScalar(value) ? String(value) : undefined;
}

function keyed(items: readonly unknown[], key: KeyOf): ReadonlyMap<string, unknown> {
  return new Map(items.map((item) => [key(item) ?? "", item]));
}

function ofItems(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  path: readonly string[],
): Difference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => differences(before.get(name), after.get(name), [...path, `[${name}]`]));
}

/** Equal items cancel out; of the others, the first is compared with the first. */
function ofUnnamed(before: readonly unknown[], after: readonly unknown[], path: readonly string[]): Difference[] {
  const texts = (items: readonly unknown[]): string[] => items.map((item) => JSON.stringify(item));
  const rest = (items: readonly unknown[], others: readonly unknown[]): unknown[] => {
    const counts = new Map<string, number>();
    for (const text of texts(others)) counts.set(text, (counts.get(text) ?? 0) + 1);
    return items.filter((item) => {
      const text = JSON.stringify(item);
      const left = counts.get(text) ?? 0;
      counts.set(text, left - 1);
      return left <= 0 || isUnknown(item);
    });
  };
  const [gone, added] = [rest(before, after), rest(after, before)];
  if (gone.length === 0 && added.length === 0) {
    return texts(before).join() === texts(after).join() ? [] : [{ path, before, after }];
  }
  return Array.from({ length: Math.max(gone.length, added.length) }, (_, index) => index).flatMap((index) => {
    const [old, now] = [gone[index], added[index]];
    if (isMap(old) && isMap(now)) return differences(old, now, [...path, `[${before.indexOf(old)}]`]);
    return differences(old, now, [...path, "[]"]);
  });
}

function ofTexts(before: string, after: string, path: readonly string[]): Difference[] {
  if (before === after) return [];
  const [old, now] = [jsonOf(before), jsonOf(after)];
  if (old !== undefined && now !== undefined) return differences(old, now, path);
  const [oldLines, lines] = [linesOf(before), linesOf(after)];
  if (oldLines.length === 1 && lines.length === 1) return [{ path, before, after }];
  const changed = ofUnnamed(oldLines, lines, path);
  return changed.length > 0 ? changed : [{ path, before, after }];
}

/** Lines of a text, or of the text that `base64encode` encodes. */
function linesOf(text: string): readonly string[] {
  const encoded = /^\$\{base64encode\((".*")\)\}$/s.exec(text)?.[1];
  return (encoded === undefined ? text : encoded.slice(1, -1).replaceAll("\\n", "\n")).split("\n");
}

function isJson(value: unknown): boolean {
  return typeof value === "string" && jsonOf(value) !== undefined;
}

/** Returns the map or list that a text contains as JSON. References in it may contain quotes without escapes. */
export function jsonOf(text: string): PlainMap | readonly unknown[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const escaped = text.replaceAll(/(?<!\$)\$\{[^}]*\}/g, (reference) => reference.replaceAll(/(?<!\\)"/g, '\\"'));
  try {
    const value: unknown = JSON.parse(escaped);
    return isMap(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isScalar(value: unknown): value is boolean | number | string {
  return ["boolean", "number", "string"].includes(typeof value);
}

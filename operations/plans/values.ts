import { isMap } from "../../language/plain-map";
import { valueAt } from "./json";
import type { Path, ResourceChange } from "./plan";
import { shortened } from "./shortened";

/** A value of a change, with what may be shown of it. */
export interface Value {
  readonly value: unknown;
  /** True if the value is unknown until the apply. */
  readonly unknown: boolean;
  readonly sensitive: boolean;
}

export function before(change: ResourceChange, path: Path): Value {
  return { value: valueAt(change.before, path), unknown: false, sensitive: marked(change.beforeSensitive, path) };
}

export function after(change: ResourceChange, path: Path): Value {
  return {
    value: valueAt(change.after, path),
    unknown: marked(change.unknown, path),
    sensitive: marked(change.afterSensitive, path),
  };
}

/** True if a tree has `true` at a path, above it or below it. */
function marked(tree: unknown, path: Path): boolean {
  let found = tree;
  for (const step of path) {
    if (found === true) return true;
    found = valueAt(found, [step]);
  }
  return hasTrue(found);
}

function hasTrue(tree: unknown): boolean {
  const pending: unknown[] = [tree];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === true) return true;
    if (Array.isArray(next)) for (const each of next) pending.push(each);
    else if (isMap(next)) for (const key of Object.keys(next)) pending.push(next[key]);
  }
  return false;
}

/**
 * Returns the old and new values of a change, so that it differs from later changes of the same object. Values that are sensitive are left
 * out.
 *
 * @param keys only these; by default all
 */
export function content(change: ResourceChange, keys?: readonly string[]): unknown {
  const sides = [
    [change.before, change.beforeSensitive],
    [change.after, change.afterSensitive],
  ] as const;
  return sides.map(([side, sensitive]) =>
    isMap(side)
      ? Object.keys(side)
          .filter((key) => (keys === undefined || keys.includes(key)) && !marked(sensitive, [key]))
          .sort()
          .map((key) => [key, side[key]])
      : null,
  );
}

/** Returns a value for a message. A sensitive value is never shown. */
export function shown({ value, sensitive, unknown }: Value): string {
  if (sensitive) return "(sensitive)";
  if (unknown) return "(known after apply)";
  if (value === undefined || value === null) return "nothing";
  return shortened(typeof value === "string" ? value : stable(value));
}

function stable(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((each) => String(each)).join(", ")}]` : String(value);
}

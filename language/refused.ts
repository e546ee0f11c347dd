import type { Path } from "./yaml/tree";

/** Thrown where code reads a value that was refused: nothing can be concluded from such a value. */
export class RefusedValue extends Error {
  constructor(path: Path) {
    super(`${path.join(".")} was refused`);
  }
}

/** Paths of refused values. */
interface Refusals {
  refused: boolean;
  readonly below: Map<string | number, Refusals>;
}

function refusalsOf(paths: readonly Path[]): Refusals {
  const root: Refusals = { refused: false, below: new Map() };
  for (const path of paths) {
    let at = root;
    for (const step of path) {
      const next = at.below.get(step) ?? { refused: false, below: new Map() };
      at.below.set(step, next);
      at = next;
    }
    at.refused = true;
  }
  return root;
}

/**
 * Returns the value with each refused path in it replaced by a property that throws {@link RefusedValue} when it is read. A
 * list's refused items are not in `value`; each gets its place back, so that positions are those of the file. Everything off
 * these paths is shared with `value`.
 */
export function withRefusals<Value>(value: Value, paths: readonly Path[]): Value {
  return paths.length === 0 ? value : (guarded(value, refusalsOf(paths), []) as Value);
}

function guarded(value: unknown, refusals: Refusals, path: Path): unknown {
  if (Array.isArray(value)) return guardedList(value, refusals, path);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = { ...value };
  for (const [key, below] of refusals.below) {
    const at = [...path, key];
    if (below.refused) throwOnRead(copy, key, at);
    else if (Object.hasOwn(copy, key)) copy[key] = guarded(copy[key], below, at);
  }
  return copy;
}

function guardedList(items: readonly unknown[], { below }: Refusals, path: Path): unknown[] {
  const list: unknown[] = [];
  const left = items.values();
  const refused = [...below.values()].filter((each) => each.refused).length;
  for (let index = 0; index < items.length + refused; index += 1) {
    const refusals = below.get(index);
    if (refusals?.refused) throwOnRead(list, index, [...path, index]);
    else {
      const item: unknown = left.next().value;
      list[index] = refusals === undefined ? item : guarded(item, refusals, [...path, index]);
    }
  }
  return list;
}

function throwOnRead(owner: object, key: string | number, path: Path): void {
  const refusal = new RefusedValue(path); // once, because dozens of rules read it, and an error is expensive to create
  Object.defineProperty(owner, key, {
    enumerable: true,
    configurable: true,
    get: () => {
      throw refusal;
    },
  });
}

/** Returns what `conclude` returns, or undefined where it reads a refused value. */
export function ifCertain<Conclusion>(conclude: () => Conclusion): Conclusion | undefined {
  try {
    return conclude();
  } catch (error) {
    if (error instanceof RefusedValue) return undefined;
    throw error;
  }
}

/** True if a value has no refused value in it. Reads all of it. */
export function isWhole(value: unknown): boolean {
  return ifCertain(() => JSON.stringify(value)) !== undefined;
}

/** True if no value on the way to a path was refused. */
export function canRead(value: unknown, path: Path): boolean {
  return (
    ifCertain(() => {
      path.reduce<unknown>((at, step) => Object(at)[step], value);
      return true;
    }) ?? false
  );
}

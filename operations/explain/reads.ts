import type { StackName } from "../../fleet/model/stacks";
import type { Path } from "../../language/yaml/tree";

/** The part of a build that reads a value: the plan, of which every stack has a part, or one stack. */
export type Reader = "plan" | StackName;

/**
 * Records which values of a cluster are read while it is built, and by what. A value that nothing reads shapes nothing: constructs
 * read no clock, network or environment.
 */
export class Reads {
  reader: Reader = "plan";
  private readonly readers = new Map<string, Set<Reader>>();

  /** Returns a copy of a value that records each key that is read from it. */
  of<Value>(value: Value, path: Path): Value {
    if (typeof value !== "object" || value === null) return value;
    const copy: object = Array.isArray(value) ? [] : {};
    for (const [key, child] of Object.entries(value)) {
      const step = Array.isArray(value) ? Number(key) : key;
      const at = [...path, step];
      const inner: unknown = this.of(child as unknown, at);
      const id = idOf(at);
      Object.defineProperty(copy, key, {
        enumerable: true,
        configurable: true,
        get: () => {
          this.record(id);
          return inner;
        },
      });
    }
    return copy as Value;
  }

  /** Returns the readers of a value. */
  readersOf(path: Path): ReadonlySet<Reader> {
    return this.readers.get(idOf(path)) ?? NOBODY;
  }

  private record(id: string): void {
    const known = this.readers.get(id);
    if (known === undefined) this.readers.set(id, new Set([this.reader]));
    else known.add(this.reader);
  }
}

const NOBODY: ReadonlySet<Reader> = new Set();

function idOf(path: Path): string {
  return JSON.stringify(path);
}

import { existsSync, readFileSync, statSync } from "node:fs";
import type { LoadOptions } from "../../../fleet/load";
import type { DefinitionFile } from "../../../fleet/read/read-definition";
import { SAMPLE_FLEET } from "../sample-fleet";

type Key = readonly unknown[];

/** Results of a function by its arguments. Objects are held weakly. */
class Results {
  private readonly weak = new WeakMap<object, Results>();
  private readonly strong = new Map<unknown, Results>();
  result: { readonly value: unknown } | undefined;

  at(key: Key): Results {
    const [first, ...others] = key;
    if (key.length === 0) return this;
    const isObject = typeof first === "object" && first !== null;
    const known = isObject ? this.weak.get(first) : this.strong.get(first);
    const next = known ?? new Results();
    if (known === undefined && isObject) this.weak.set(first, next);
    if (known === undefined && !isObject) this.strong.set(first, next);
    return next.at(others);
  }
}

/**
 * Returns the same function, which computes nothing twice: pure functions of trees, which nobody changes. Arguments are the same if
 * `keyOf` returns the same objects and values; if it returns undefined, nothing is remembered.
 */
export function remembered<Args extends readonly unknown[], Value>(
  compute: (...args: Args) => Value,
  keyOf: (...args: Args) => Key | undefined = (...args) => args,
): (...args: Args) => Value {
  const results = new Results();
  return (...args) => {
    const key = keyOf(...args);
    if (key === undefined) return compute(...args);
    const at = results.at(key);
    at.result ??= { value: compute(...args) };
    return at.result.value as Value;
  };
}

/** Bytes of a file that is remembered. */
const MOST_BYTES = 100_000;

/** Returns the same function, which reads a file again only if its text is another one. */
export function readOnce(read: (file: string) => DefinitionFile): (file: string) => DefinitionFile {
  const known = new Map<string, { readonly text: Buffer; readonly result: DefinitionFile }>();
  return (file) => {
    const stats = existsSync(file) ? statSync(file) : undefined;
    if (stats === undefined || !stats.isFile() || stats.size > MOST_BYTES) return read(file);
    const text = readFileSync(file);
    const before = known.get(file);
    if (before?.text.equals(text)) return before.result;
    const result = read(file);
    known.set(file, { text, result });
    return result;
  };
}

/** Returns the same function, which loads the tests' fleet once for each selection and day. No test changes it. */
export function loadOnce<Loaded>(load: (options: LoadOptions) => Loaded): (options: LoadOptions) => Loaded {
  return remembered(load, (options) => {
    const { base, baseReleases, directory, select, shipped, today, withoutClusters, ...others } = options;
    const sample = directory === SAMPLE_FLEET && shipped === "definitions" && !base && !baseReleases;
    return sample && Object.keys(others).length === 0 ? [select, today, withoutClusters] : undefined;
  });
}

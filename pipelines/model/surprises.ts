export type Yaml = Readonly<Record<string, unknown>>;

/** Returns the keys that no generated file has, in words. A key that a reader does not understand may change what a job does. */
export function others(what: string, map: unknown, known: readonly string[]): string[] {
  return Object.keys((map ?? {}) as Yaml)
    .filter((key) => !known.includes(key))
    .map((key) => `${what} has ${key}`);
}

/** Describes a value that differs from the generated files. */
export function different(what: string, found: unknown, expected: unknown): string[] {
  return JSON.stringify(found) === JSON.stringify(expected) ? [] : [`${what} is ${JSON.stringify(found)}`];
}

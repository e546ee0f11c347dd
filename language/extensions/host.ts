type Exports = Readonly<Record<string, unknown>>;

const same = <Value>(value: Value): Value => value;

/** The content of each module that extensions import; `extend.mjs` leaves these modules out of bundles. */
const provided = new Map<string, Map<string, unknown>>([
  // They only type what they receive, and are needed before the rooms that define them are loaded.
  ["cluster-fleet/contracts", new Map(["defineCheck", "defineHook", "defineStack"].map((name) => [name, same]))],
]);
const whole = new Map<string, unknown>();

/** Adds to what extensions get for `import … from "<module>"`. Each room provides its own part of `cluster-fleet/contracts`. */
export function provide(module: string, exports: Exports): void {
  const all = provided.get(module) ?? new Map<string, unknown>();
  for (const [name, value] of Object.entries(exports)) all.set(name, value);
  provided.set(module, all);
}

/** Hands out a whole module, in place of parts. */
export function provideWhole(module: string, exports: unknown): void {
  whole.set(module, exports);
}

/** Returns the names that a module has for extensions so far. */
export function providedNames(module: string): readonly string[] {
  return [...(provided.get(module)?.keys() ?? [])];
}

/**
 * Returns what an extension gets for a module; undefined for one that the program does not provide. A name that another room provides
 * later is an error until then, not `undefined`.
 */
export function hosted(module: string): unknown {
  if (whole.has(module)) return whole.get(module);
  const exports = provided.get(module);
  if (exports === undefined) return undefined;
  return new Proxy(Object.create(null) as object, {
    get(_target, name) {
      if (typeof name !== "string" || name === "__esModule" || name === "default") return name === "__esModule";
      if (exports.has(name)) return exports.get(name);
      throw new TypeError(
        `${module} has no ${name} while this file is loaded. Known here: ${[...exports.keys()].sort().join(", ")}`,
      );
    },
    has: (_target, name) => typeof name === "string" && exports.has(name),
  });
}

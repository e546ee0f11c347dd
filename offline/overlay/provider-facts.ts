import type { Value } from "../wire/values";
import data from "./data/aws-provider.json";

/** Letters that describe an attribute (`flags` in the data explains them), with its default if there is one. */
export type Fact = string | readonly Value[];

/** Facts about the AWS types that the program uses, read from the code of the real provider: path -> fact. */
export const PROVIDER_FACTS: Readonly<Record<string, Readonly<Record<string, Fact>>>> = data.types;

/** Paths by type and letter: a comparison of many clusters looks for the same ones again and again. */
const found = new Map<string, readonly string[]>();

function pathsWith(type: string, flag: string): readonly string[] {
  const key = `${type} ${flag}`;
  const paths =
    found.get(key) ??
    Object.entries(PROVIDER_FACTS[type] ?? {})
      .filter(([, fact]) => flagsOf(fact).includes(flag))
      .map(([path]) => path);
  found.set(key, paths);
  return paths;
}

/** Returns the letters that describe an attribute. */
export function flagsOf(fact: Fact): string {
  return typeof fact === "string" ? fact : String(fact[0]);
}

/** Returns the paths whose change replaces an object; undefined if the data does not have the type. */
export function replacingPaths(type: string): readonly string[] | undefined {
  return PROVIDER_FACTS[type] === undefined ? undefined : pathsWith(type, "F");
}

/** Returns the paths of sensitive attributes. */
export function sensitivePaths(type: string): readonly string[] {
  return pathsWith(type, "S");
}

/** Returns the value that the real provider uses for an attribute without a value; null if there is no default. */
export function defaultAt(type: string, path: string): Value {
  const fact = PROVIDER_FACTS[type]?.[path];
  return typeof fact === "object" ? (fact[1] ?? null) : null;
}

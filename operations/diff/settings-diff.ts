import { isSameValue, type PlainMap } from "../../language/plain-map";
import type { StackContent } from "../resources/resource";
import { type Changing, isUnknown, withUnknowns } from "./unknown";
import { type Difference, differences } from "./values";

/** Difference of an output's value. */
export interface OutputChange {
  readonly output: string;
  readonly differences: readonly Difference[];
}

/** Difference of one configuration of a provider. */
export interface ProviderChange {
  readonly provider: string;
  readonly differences: readonly Difference[];
}

/** Returns the outputs whose values differ. */
export function namedDifferences(
  before: Readonly<Record<string, PlainMap>>,
  after: Readonly<Record<string, PlainMap>>,
  changing: Changing,
): (readonly [string, readonly Difference[]])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [then, now] = [before[name]?.["value"], after[name]?.["value"]];
    const known = withUnknowns(now, changing);
    const found = known === now && isSameValue(then, now) ? [] : differences(then, known);
    return found.length === 0 ? [] : [[name, found] as const];
  });
}

/** Differences of providers' configurations, and of their sources and versions. */
export function providerChanges(before: StackContent, after: StackContent): ProviderChange[] {
  const facts = ({ providers, required_providers, variables, backend }: StackContent): PlainMap => ({
    ...Object.fromEntries(
      Object.entries(providers).flatMap(([name, configurations]) =>
        configurations.map((each) => [typeof each["alias"] === "string" ? `${name}.${each["alias"]}` : name, each]),
      ),
    ),
    "required providers": required_providers,
    variables,
    backend: backend === undefined ? undefined : { [backend.type]: backend.settings },
  });
  const [then, now] = [facts(before), facts(after)];
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort();
  return names.flatMap((provider) => {
    const found = isSameValue(then[provider], now[provider]) ? [] : differences(then[provider], now[provider]);
    return found.length === 0 ? [] : [{ provider, differences: found }];
  });
}

/** Returns a part of an output. */
export function valueIn(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((from, key) => {
    if (typeof from === "string" || isUnknown(from)) return from; // a reference to a whole list or map
    return typeof from === "object" && from !== null && Object.hasOwn(from, key)
      ? (from as Readonly<Record<string, unknown>>)[key]
      : undefined;
  }, value);
}

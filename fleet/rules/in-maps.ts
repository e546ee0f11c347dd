import { isMap, type PlainMap } from "../../language/plain-map";
import type { Path } from "../../language/yaml/tree";

/** Returns what a rule finds in each map of a value, at any depth, such as in the values of a chart. */
export function inMaps<Found>(
  value: unknown,
  path: Path,
  rule: (map: PlainMap, path: Path) => readonly Found[],
): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown, index) => inMaps(each, [...path, index], rule));
  if (!isMap(value)) return [];
  return [...rule(value, path), ...Object.entries(value).flatMap(([key, each]) => inMaps(each, [...path, key], rule))];
}

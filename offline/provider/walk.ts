import type { Attribute, Block, Nesting } from "../schema/schema";
import { isObject, type ObjectValue, Unknown, type Value } from "../wire/values";

/** Returns the value of one attribute; the path consists of names only. */
export type Visit = (attribute: Attribute, value: Value, path: readonly string[]) => Value;

function eachOf(nesting: Nesting, value: Value, change: (element: Value) => Value): Value {
  if (value === null || value instanceof Unknown) return value;
  if (Array.isArray(value)) return value.map(change);
  if (nesting !== "map") return change(value);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, change(element)]));
}

function visitAttribute(attribute: Attribute, value: Value, visit: Visit, path: readonly string[]): Value {
  const visited = visit(attribute, value, path);
  const { nested } = attribute;
  if (nested === undefined) return visited;
  return eachOf(nested.nesting, visited, (element) => {
    if (!isObject(element)) return element;
    const members: ObjectValue = {};
    for (const [name, child] of Object.entries(nested.attributes)) {
      members[name] = visitAttribute(child, element[name] ?? null, visit, [...path, name]);
    }
    return members;
  });
}

/**
 * Returns the value of a block with every attribute passed through `visit`. The result has exactly the members of the schema:
 * other members are dropped, and missing members become null or an empty list of blocks.
 */
export function walk(block: Block, value: ObjectValue, visit: Visit, path: readonly string[] = []): ObjectValue {
  const result: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    result[name] = visitAttribute(attribute, value[name] ?? null, visit, [...path, name]);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const given = value[name] ?? (nested.nesting === "list" || nested.nesting === "set" ? [] : null);
    result[name] = eachOf(nested.nesting, given, (element) =>
      isObject(element) ? walk(nested.block, element, visit, [...path, name]) : element,
    );
  }
  return result;
}

/** Returns a value in the schema's shape: missing members become null or an empty list of blocks. */
export function conform(block: Block, value: ObjectValue): ObjectValue {
  return walk(block, value, (_, attribute) => attribute);
}

import { isObject, type ObjectValue, type Value } from "../wire/values";
import type { Attribute, Block } from "./schema";

/** What stands at a path such as `vpc_config.subnet_ids` in a schema: an attribute, a block, or nothing. */
export function schemaAt(block: Block, path: string): Attribute | "block" | undefined {
  let current: Block = block;
  const names = path.split(".");
  for (const [index, name] of names.entries()) {
    const attribute = current.attributes[name];
    if (attribute !== undefined) {
      const rest = names.slice(index + 1);
      return rest.length === 0 ? attribute : nestedAttribute(attribute, rest);
    }
    const nested = current.blocks[name];
    if (nested === undefined) return undefined;
    current = nested.block;
  }
  return "block";
}

function nestedAttribute(attribute: Attribute, names: readonly string[]): Attribute | undefined {
  return names.reduce<Attribute | undefined>((found, name) => found?.nested?.attributes[name], attribute);
}

/** Every value a path leads to; a list or set on the way stands for all its elements. */
export function valuesAt(value: Value | undefined, path: string): Value[] {
  const names = path === "" ? [] : path.split(".");
  let found: Value[] = value === undefined ? [] : [value];
  for (const name of names) {
    found = found
      .flatMap((each) => (Array.isArray(each) ? each : [each]))
      .flatMap((each) => (isObject(each) ? [each[name] ?? null] : []));
  }
  return found;
}

/** The text at a path, where there is exactly that; the first element where a list is on the way. */
export function textAt(value: ObjectValue, path: string): string | undefined {
  const [found] = valuesAt(value, path).flat();
  return typeof found === "string" ? found : undefined;
}

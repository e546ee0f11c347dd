import { isObject, type ObjectValue, type Value } from "../wire/values";
import type { Attribute, Block } from "./schema";

/** Returns the attribute or block of a schema at a path such as `vpc_config.subnet_ids`. */
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

/** Returns every value at a path; a list or set on the way contributes all its elements. */
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

/** Returns the text at a path; of a list on the way, the first element. */
export function textAt(value: ObjectValue, path: string): string | undefined {
  const [found] = valuesAt(value, path).flat();
  return typeof found === "string" ? found : undefined;
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap } from "../language/plain-map";

type Schema = Readonly<Record<string, unknown>>;

/**
 * True if a program supports a key of definitions, by the JSON Schema that comes with it; undefined if it has none.
 *
 * @param definitions the definitions that come with the program
 * @param path the key as a problem spells it, such as `tfvars.workers[spot].max_size`
 */
export function supportsKey(definitions: string, path: string): boolean | undefined {
  const file = join(definitions, "schema/cluster.schema.json");
  if (!existsSync(file)) return undefined;
  const root: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isMap(root)) return undefined;
  let schemas = [root as Schema];
  for (const [, key, item] of path.matchAll(/([^.[\]]+)|\[([^[\]]*)\]/g)) {
    const below = schemas.flatMap((schema) => alternatives(schema, root));
    schemas = below.flatMap((schema) => childrenOf(schema, item === undefined ? key : undefined));
  }
  return schemas.length > 0;
}

/** Returns a schema with everything that it refers to or that it allows instead. */
function alternatives(schema: Schema, root: Schema): Schema[] {
  const found = [schema];
  for (const each of found) {
    const { $ref } = each;
    if (typeof $ref === "string" && $ref.startsWith("#/")) {
      const target = $ref
        .slice(2)
        .split("/")
        .reduce<unknown>((value, step) => (isMap(value) ? value[step] : undefined), root);
      if (isMap(target) && !found.includes(target)) found.push(target);
    }
    for (const list of [each["anyOf"], each["oneOf"], each["allOf"]])
      for (const one of Array.isArray(list) ? list : []) if (isMap(one) && !found.includes(one)) found.push(one);
  }
  return found;
}

/** @param key undefined for an item of a list */
function childrenOf(schema: Schema, key: string | undefined): Schema[] {
  if (key === undefined) return isMap(schema["items"]) ? [schema["items"]] : [];
  const { additionalProperties, properties } = schema;
  const own = isMap(properties) && Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
  if (own === true) return [{ additionalProperties: true }];
  return isMap(own) ? [own] : [];
}

import type { z } from "zod";
import { childSchema, takesNull } from "../schema/introspect";
import type { MapTree, Tree } from "./tree";

/**
 * What maps and lists became. Most of a cluster's tree is its layers', the same objects in every cluster: each is converted
 * once for the schema that it stands under.
 */
const converted = new WeakMap<Tree, { readonly schema: z.ZodType | undefined; readonly value: unknown }>();

/**
 * The plain value of a tree. A null is dropped where the schema takes none: there it means "what a lower layer set is gone".
 */
export function plainValue(tree: Tree, schema: z.ZodType | undefined): unknown {
  if (tree.kind === "scalar") return tree.value;
  const known = converted.get(tree);
  if (known !== undefined && known.schema === schema) return known.value;
  const value = tree.kind === "map" ? plainMap(tree, schema) : tree.items.map(itemOf(schema));
  converted.set(tree, { schema, value });
  return value;
}

function itemOf(list: z.ZodType | undefined): (item: Tree) => unknown {
  const schema = list === undefined ? undefined : childSchema(list, 0);
  return (item) => plainValue(item, schema);
}

function plainMap(map: MapTree, schema: z.ZodType | undefined): Record<string, unknown> {
  const plain: [string, unknown][] = [];
  for (const [key, { value: tree }] of map.entries) {
    const child = schema === undefined ? undefined : childSchema(schema, key);
    if (tree.kind === "scalar" && tree.value === null && !takesNull(child)) continue;
    plain.push([key, plainValue(tree, child)]);
  }
  return Object.fromEntries(plain);
}

import type { z } from "zod";
import type { MapTree, Tree } from "../../language/yaml/tree";
import { childSchema, takesNull } from "./introspect";

/**
 * Returns the plain value of a tree. A null is dropped if the schema does not accept null: there it removes the value of a lower
 * layer.
 */
export function plainValue(tree: Tree, schema: z.ZodType | undefined): unknown {
  switch (tree.kind) {
    case "scalar":
      return tree.value;
    case "map":
      return plainMap(tree, schema);
    case "list": {
      const item = schema === undefined ? undefined : childSchema(schema, 0);
      return tree.items.map((each) => plainValue(each, item));
    }
    default:
      return tree satisfies never;
  }
}

/** True if this null removes a value that an earlier layer set. */
export function isTakenAway(tree: Tree, schema: z.ZodType | undefined): boolean {
  return tree.kind === "scalar" && tree.value === null && !takesNull(schema);
}

function plainMap(map: MapTree, schema: z.ZodType | undefined): Record<string, unknown> {
  const plain: [string, unknown][] = [];
  for (const [key, { value: tree }] of map.entries) {
    const child = schema === undefined ? undefined : childSchema(schema, key);
    if (!isTakenAway(tree, child)) plain.push([key, plainValue(tree, child)]);
  }
  return Object.fromEntries(plain);
}

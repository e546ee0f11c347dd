import type { z } from "zod";
import { childSchema, takesNull } from "../schema/introspect";
import type { Tree } from "./tree";

/**
 * The plain value of a tree. A null is dropped where the schema takes none: there it means "what a lower layer set is gone".
 */
export function plainValue(tree: Tree, schema: z.ZodType | undefined): unknown {
  switch (tree.kind) {
    case "scalar":
      return tree.value;
    case "list": {
      const item = schema === undefined ? undefined : childSchema(schema, 0);
      return tree.items.map((child) => plainValue(child, item));
    }
    case "map": {
      const value: Record<string, unknown> = {};
      for (const [key, entry] of tree.entries) {
        const child = schema === undefined ? undefined : childSchema(schema, key);
        if (entry.value.kind === "scalar" && entry.value.value === null && !takesNull(child)) continue;
        // `__proto__` is a key like any other
        Object.defineProperty(value, key, {
          value: plainValue(entry.value, child),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return value;
    }
    default:
      return tree satisfies never;
  }
}

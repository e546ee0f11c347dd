import { z } from "zod";
import type { Problem } from "../../language/problem";
import {
  type Entry,
  formatPath,
  type MapTree,
  type Path,
  placeOf,
  type Tree,
  withEntries,
} from "../../language/yaml/tree";
import { childSchema } from "../parse/introspect";
import { definition } from "../schema/definition";

const EMPTY =
  "must be a map of keys, got nothing, which removes the value of the layers below. Remove this line, or write {}";

/**
 * Refuses keys of a file that every definition requires as a map, and that have nothing after them. They are removed, because
 * otherwise each key that the layers below set there would be reported as missing, in every cluster of the layer.
 */
export function withoutEmptyMaps(root: MapTree): { readonly file: MapTree; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const visit = (tree: Tree, schema: z.ZodType, path: Path): Tree => {
    if (tree.kind === "list") {
      const items = tree.items.map((item, index) => {
        const child = childSchema(schema, index);
        return child === undefined ? item : visit(item, child, [...path, index]);
      });
      return items.every((item, index) => item === tree.items[index]) ? tree : { ...tree, items };
    }
    return tree.kind === "map" ? visitMap(tree, schema, path) : tree;
  };
  const visitMap = (map: MapTree, schema: z.ZodType, path: Path): MapTree => {
    const changes: Record<string, Entry | undefined> = {};
    for (const [key, entry] of map.entries) {
      const child = childSchema(schema, key);
      if (child === undefined) continue;
      const { value } = entry;
      if (child instanceof z.ZodObject && value.kind === "scalar" && value.value === null) {
        const at = [...path, key];
        problems.push({
          rule: "empty-map",
          severity: "error",
          place: placeOf(value),
          path: formatPath(root, at),
          message: EMPTY,
        });
        changes[key] = undefined;
      } else {
        const changed = visit(value, child, [...path, key]);
        if (changed !== value) changes[key] = { ...entry, value: changed };
      }
    }
    return Object.keys(changes).length === 0 ? map : withEntries(map, changes);
  };
  const tfvars = root.entries.get("tfvars");
  if (tfvars === undefined) return { file: root, problems };
  const value = visit(tfvars.value, definition.shape.tfvars, ["tfvars"]);
  return { file: value === tfvars.value ? root : withEntries(root, { tfvars: { ...tfvars, value } }), problems };
}

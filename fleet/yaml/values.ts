import type { z } from "zod";
import { childSchema, takesNull } from "../schema/introspect";
import { differenceOf, type ListTree, type MapTree, type Tree } from "./tree";

type Schema = z.ZodType | undefined;
type Plain = Record<string, unknown>;

/**
 * What maps and lists became, by the schema that they stand under. Most of a cluster's tree is its layers', the same objects in
 * every cluster: each is converted once.
 */
const converted = new WeakMap<Tree, readonly { readonly schema: Schema; readonly value: unknown }[]>();

/** In which keys a plain map differs from another: what was found out of that one holds for the rest. */
export interface PlainDifference {
  readonly under: Plain;
  readonly keys: readonly string[];
}

const differences = new WeakMap<object, PlainDifference>();

export function plainDifferenceOf(plain: object): PlainDifference | undefined {
  return differences.get(plain);
}

/**
 * The plain value of a tree. A null is dropped where the schema takes none: there it means "what a lower layer set is gone".
 */
export function plainValue(tree: Tree, schema: Schema): unknown {
  if (tree.kind === "scalar") return tree.value;
  // What was changed for one cluster is asked of that cluster alone.
  return tree.kind === "map" && differenceOf(tree) !== undefined ? plainMap(tree, schema) : kept(tree, schema);
}

function kept(tree: ListTree | MapTree, schema: Schema): unknown {
  const known = converted.get(tree) ?? [];
  const same = known.find((each) => each.schema === schema);
  if (same !== undefined) return same.value;
  const value = tree.kind === "map" ? plainMap(tree, schema) : tree.items.map(itemOf(schema));
  converted.set(tree, [...known, { schema, value }]);
  return value;
}

function itemOf(list: Schema): (item: Tree) => unknown {
  const schema = list === undefined ? undefined : childSchema(list, 0);
  return (item) => plainValue(item, schema);
}

function plainMap(map: MapTree, schema: Schema): Plain {
  const { under, keys } = differenceOf(map) ?? {};
  const gone: string[] = [];
  const own: [string, unknown][] = [];
  for (const key of keys ?? map.entries.keys()) {
    const tree = map.entries.get(key)?.value;
    const child = schema === undefined ? undefined : childSchema(schema, key);
    if (tree === undefined || (tree.kind === "scalar" && tree.value === null && !takesNull(child))) gone.push(key);
    else own.push([key, plainValue(tree, child)]);
  }
  if (under === undefined || keys === undefined) return Object.fromEntries(own);
  const base = kept(under, schema) as Plain;
  const value: Plain = Object.assign({}, base, Object.fromEntries(own));
  for (const key of gone) delete value[key];
  differences.set(value, { under: base, keys });
  return value;
}

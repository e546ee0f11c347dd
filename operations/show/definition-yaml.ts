import { Document, type Node, Pair, Scalar, type ScalarTag, YAMLMap, YAMLSeq } from "yaml";
import type { MapTree, Tree } from "../../language/yaml/tree";
import { originOf } from "./show";

/** Returns a resolved definition as a file could have it; with `origin`, each value is followed by its file and line. */
export function definitionYaml(tree: MapTree, { origin }: { readonly origin: boolean }): string {
  const document = new Document(null, { customTags: (tags) => [EMPTY, ...tags] });
  document.contents = nodeOf(tree, origin) as typeof document.contents;
  return document.toString({ lineWidth: 0 });
}

/** An empty map or list. The library writes its comment on a separate line, so it is written as a scalar. */
class Empty {
  constructor(readonly text: "{}" | "[]") {}
}

const EMPTY: ScalarTag = {
  tag: "!empty",
  default: true,
  identify: (value) => value instanceof Empty,
  resolve: (text) => text,
  stringify: ({ value }) => (value as Empty).text,
};

function nodeOf(tree: Tree, origin: boolean): Node {
  if (tree.kind === "map" && tree.entries.size > 0) {
    const map = new YAMLMap();
    for (const [key, { value }] of tree.entries) map.items.push(new Pair(new Scalar(key), nodeOf(value, origin)));
    return map;
  }
  if (tree.kind === "list" && tree.items.length > 0) {
    const list = new YAMLSeq();
    for (const item of tree.items) list.items.push(nodeOf(item, origin));
    return list;
  }
  const leaf = new Scalar(tree.kind === "scalar" ? tree.value : new Empty(tree.kind === "map" ? "{}" : "[]"));
  const written = origin ? originOf(tree) : undefined;
  if (written !== undefined) leaf.comment = ` ${written}`;
  return leaf;
}

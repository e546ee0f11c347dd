import { ExpectedError } from "../../language/expected-error";
import { plainValue } from "../../language/yaml/plain-tree";
import { childOf, formatPath, type Path, type Tree } from "../../language/yaml/tree";
import { findingsOf } from "./findings";
import { pathOf } from "./keys";
import { isWithin, type Leaf, leavesOf } from "./leaves";
import type { OpenCluster } from "./open-cluster";
import type { Findings, KeyReport, ShapedElement } from "./report";
import { schemaFacts } from "./schema-facts";
import { settingsOf } from "./settings";
import { shown } from "./shown";
import type { WhatIf } from "./what-if";

/**
 * Explains one key of a cluster or a section of keys: its value, the layers that set it, its schema, and what it shapes.
 *
 * @param text the key as messages spell it, such as `tfvars.workers[general].max_size`
 */
export function explainKey(open: OpenCluster, whatIf: WhatIf, text: string): KeyReport {
  const path = pathOf(open.whole, text);
  const tree = treeAt(open.whole, path);
  const settings = settingsOf(open, path);
  const isSet = tree !== undefined && settings[0]?.removes !== true;
  const keys = tree === undefined || isLeaf(tree) ? [] : keysBelow(open, path);
  if (keys.length > 0 && path.length < 2) {
    const below =
      tree?.kind === "map" ? [...tree.entries.keys()].map((key) => formatPath(open.whole, [...path, key])) : [];
    throw new ExpectedError(
      `${text || "the definition"} has ${keys.length} keys. Name a part of it: ${below.join(", ")}`,
    );
  }
  const explained = keys.map((leaf) => ({
    path: formatPath(open.whole, leaf.path),
    value: shown(leaf.tree && plainValue(leaf.tree), leaf.path),
    setting: settingsOf(open, leaf.path)[0] ?? null,
    effect: findingsOf(open, whatIf, leaf),
  }));
  return {
    kind: "key",
    cluster: open.cluster.name,
    path: formatPath(open.whole, path),
    set: isSet,
    value: tree === undefined || !isSet ? null : shown(plainValue(tree), path),
    settings: [...settings],
    schema: schemaFacts(open, path),
    effect: keys.length === 0 ? findingsOf(open, whatIf, { path, tree }) : ofSection(explained),
    keys: explained,
  };
}

function treeAt(root: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((at, step) => at && childOf(at, step), root);
}

function isLeaf(tree: Tree): boolean {
  return leavesOf(tree).length === 1 && leavesOf(tree)[0]?.path.length === 0;
}

/** Returns the written keys of a section; of an item that sets none, those that it inherits. */
function keysBelow({ whole, written }: OpenCluster, path: Path): readonly Leaf[] {
  const own = leavesOf(written).filter((leaf) => isWithin(leaf.path, path));
  return own.length > 0 ? own : leavesOf(whole).filter((leaf) => isWithin(leaf.path, path));
}

/** Returns the common effects of the keys of a section. */
function ofSection(keys: KeyReport["keys"]): Findings {
  const shapes = merged(keys.flatMap(({ effect }) => effect.shapes));
  const unknown = keys.filter(({ effect }) => effect.status === "unknown").length;
  const missing = unknown === 0 ? "" : ` For ${unknown} of them, it could not be found out.`;
  return {
    status: shapes.length > 0 ? "shapes" : unknown > 0 ? "unknown" : "nothing",
    reason: `Found by building the cluster with other values of its ${keys.length} keys.${missing}`,
    tried: [],
    refused: [],
    shapes,
  };
}

function merged(shapes: readonly ShapedElement[]): ShapedElement[] {
  const elements = new Map<string, ShapedElement>();
  for (const each of shapes) {
    const key = `${each.stack} ${each.address}`;
    const known = elements.get(key);
    const attributes = new Map([...(known?.attributes ?? []), ...each.attributes].map((one) => [one.path, one]));
    const effect = known?.effect === "existence" ? known.effect : each.effect;
    elements.set(key, { ...each, effect, attributes: [...attributes.values()] });
  }
  return [...elements.values()];
}

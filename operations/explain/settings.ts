import { schemaAt } from "../../fleet/parse/introspect";
import { LISTS_WITH_DEFAULTS } from "../../fleet/parse/lists-with-defaults";
import { isTakenAway } from "../../fleet/parse/values";
import { definition } from "../../fleet/schema/definition";
import { plainValue } from "../../language/yaml/plain-tree";
import { childOf, formatPath, itemName, type MapTree, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import type { OpenCluster } from "./open-cluster";
import type { Setting } from "./report";
import { shown } from "./shown";

interface Layer {
  readonly layer: Setting["layer"];
  readonly name: string | null;
  readonly part: MapTree;
}

/** Returns the values of each layer at a path of the cluster, the deciding layer first. */
export function settingsOf(open: OpenCluster, path: Path): readonly Setting[] {
  const [root, ...rest] = path;
  switch (root) {
    case "release":
    case "account":
    case "sla_profiles":
      return found(open.whole, otherLayers(open, root), root === "sla_profiles" ? path : rest, path);
    default: {
      const layers = definitionLayers(open);
      return [...found(open.whole, layers, path, path), ...inherited(open, layers, path)];
    }
  }
}

function definitionLayers({ file, layers }: OpenCluster): readonly Layer[] {
  return [...layers.parts(file.chosen), { layer: "cluster", name: file.name, part: file.root }];
}

function otherLayers({ file, layers }: OpenCluster, root: "release" | "account" | "sla_profiles"): readonly Layer[] {
  const { account, release } = file.chosen;
  const defaults = layers.files.levels("defaults.yaml").flatMap(({ root: part }) => part ?? []);
  const named = (layer: "release" | "account", name: string): readonly Layer[] => {
    const part = layers.files.layer(`${layer}s`, name)?.root;
    return part === undefined ? [] : [{ layer, name, part }];
  };
  if (root === "release") return named("release", release);
  if (root === "sla_profiles") return defaults.map((part) => ({ layer: "defaults", name: null, part }));
  const ofAccounts = defaults.flatMap(({ entries }) => {
    const part = entries.get("account_defaults")?.value;
    return part?.kind === "map" ? [part] : [];
  });
  return [...ofAccounts.map((part): Layer => ({ layer: "defaults", name: null, part })), ...named("account", account)];
}

/** Items of some lists inherit the defaults of all layers. */
function inherited(open: OpenCluster, layers: readonly Layer[], path: Path): readonly Setting[] {
  const [root, list, index, ...rest] = path;
  const of = LISTS_WITH_DEFAULTS.find((each) => each.list === list)?.defaults;
  if (root !== "tfvars" || of === undefined || typeof index !== "number" || rest.length === 0) return [];
  const defaults = ["tfvars", of, ...rest];
  return found(open.whole, layers, defaults, defaults);
}

function found(whole: MapTree, layers: readonly Layer[], path: Path, wholePath: Path): readonly Setting[] {
  const located = layers.flatMap(({ layer, name, part }) => {
    const place = locate(part, whole, path, wholePath);
    return place === undefined ? [] : [{ layer, name, part, ...place }];
  });
  // An empty list above an item empties what is below it, which is nothing for the lowest.
  const first = located.findIndex(({ tree, path: at }) => at.length === path.length || !isEmptyList(tree));
  return (first < 0 ? [] : located.slice(first))
    .map(({ layer, name, part, path: at, tree }): Setting => {
      const isAbove = at.length < path.length;
      const schema = schemaAt(definition, at);
      return {
        layer,
        name,
        path: formatPath(part, at),
        place: placeOf(tree),
        value: shown(plainValue(tree), at),
        removes: tree.kind === "scalar" && tree.value === null && (isAbove || isTakenAway(tree, schema)),
      };
    })
    .reverse();
}

/** Returns the value of a layer at a path, or the null or the list above it that decides; items are found by their names. */
function locate(
  part: MapTree,
  whole: MapTree,
  path: Path,
  wholePath: Path,
): { readonly path: Path; readonly tree: Tree } | undefined {
  let tree: Tree = part;
  let merged: Tree | undefined = wholePath
    .slice(0, wholePath.length - path.length)
    .reduce<Tree | undefined>((at, step) => at && childOf(at, step), whole);
  const at: (string | number)[] = [];
  for (const step of path) {
    if (tree.kind === "scalar") return { path: at, tree };
    const item: Tree | undefined = merged && childOf(merged, step);
    const own = tree.kind === "list" ? positionOf(tree, step, item, merged) : step;
    if (own === undefined) return tree.kind === "list" && !isNamed(tree) ? { path: at, tree } : undefined;
    const next: Tree | undefined = childOf(tree, own);
    if (next === undefined) return undefined;
    at.push(own);
    tree = next;
    merged = item;
  }
  return { path: at, tree };
}

function positionOf(
  list: Tree,
  step: string | number,
  item: Tree | undefined,
  merged: Tree | undefined,
): number | undefined {
  if (list.kind !== "list") return undefined;
  const name = item && itemName(item);
  if (name !== undefined && isNamed(list)) {
    const position = list.items.findIndex((each) => itemName(each) === name);
    return position < 0 ? undefined : position;
  }
  // Another list took the place of this one, or this one is the list.
  const isSame = merged?.source === list.source && merged.offset === list.offset;
  return isSame && typeof step === "number" ? step : undefined;
}

function isEmptyList(tree: Tree): boolean {
  return tree.kind === "list" && tree.items.length === 0;
}

function isNamed(list: Tree): boolean {
  return list.kind === "list" && list.items.length > 0 && list.items.every((item) => itemName(item) !== undefined);
}

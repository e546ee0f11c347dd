import type { Problem } from "../../language/problem";
import { formatPath, type MapTree, type Path, placeOf, type ScalarTree, type Tree } from "../../language/yaml/tree";

/**
 * Refuses values that YAML reads as something other than they look under `values`, where no schema defines their types: Helm reads
 * `no` as false where YAML 1.2 reads text, and an image tag `1.30` as the number 1.3.
 */
export function mangledValues(root: MapTree): Problem[] {
  const problems: Problem[] = [];
  const visit = (tree: Tree, path: Path): void => {
    if (tree.kind === "map") for (const [key, { value }] of tree.entries) visit(value, [...path, key]);
    if (tree.kind === "list") tree.items.forEach((item, index) => void visit(item, [...path, index]));
    if (tree.kind !== "scalar") return;
    const message = mangled(tree);
    if (message !== undefined)
      problems.push({
        rule: "ambiguous-value",
        severity: "error",
        place: placeOf(tree),
        path: formatPath(root, path),
        message,
      });
  };
  for (const path of rawPaths(root)) visit(path.tree, path.path);
  return problems;
}

interface RawPart {
  readonly path: Path;
  readonly tree: Tree;
}

/** Every `tfvars.<section>.<addon>.values`, and the other values that the definition passes to Helm. */
function rawPaths(root: MapTree): RawPart[] {
  return [
    ...addonValues(root),
    ...extraParts(root, "extra_charts", "values"),
    ...extraParts(root, "extra_manifests", "manifests"),
  ];
}

function addonValues(root: MapTree): RawPart[] {
  return ["cluster", "addons"].flatMap((section) => {
    const addons = mapAt(mapAt(root, "tfvars"), section);
    return [...(addons?.entries ?? [])].flatMap(([addon, { value }]) => {
      return ["values", "further_values"].flatMap((key) => {
        const tree = value.kind === "map" ? value.entries.get(key)?.value : undefined;
        return tree === undefined ? [] : [{ path: ["tfvars", section, addon, key], tree }];
      });
    });
  });
}

/** One key of each item of a list of `tfvars`. */
function extraParts(root: MapTree, list: string, key: string): RawPart[] {
  const extras = mapAt(root, "tfvars")?.entries.get(list)?.value;
  if (extras?.kind !== "list") return [];
  return extras.items.flatMap((item, index) => {
    const tree = item.kind === "map" ? item.entries.get(key)?.value : undefined;
    return tree === undefined ? [] : [{ path: ["tfvars", list, index, key], tree }];
  });
}

function mapAt(map: MapTree | undefined, key: string): MapTree | undefined {
  const value = map?.entries.get(key)?.value;
  return value?.kind === "map" ? value : undefined;
}

const YAML_1_1: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

function mangled({ value, text, plain, secret }: ScalarTree): string | undefined {
  if (!plain || secret) return undefined;
  if (typeof value === "string") {
    const word = text.toLowerCase();
    return Object.hasOwn(YAML_1_1, word)
      ? `is text in YAML 1.2 and ${YAML_1_1[word]} in Helm. Write ${YAML_1_1[word]}, or "${text}" in quotes`
      : undefined;
  }
  if (typeof value !== "number") return undefined;
  const loses = /^[-+]?0\d|^[-+]?\d+\.\d*0$/.test(text) || (Number.isInteger(value) && !Number.isSafeInteger(value));
  return loses ? `YAML reads ${text} as the number ${value}. Write "${text}" in quotes, or ${value}` : undefined;
}

import { readFileSync, statSync } from "node:fs";
import type { Problem } from "../../language/problem";
import { MOST_BYTES, type ParsedFile, parseYaml, TOO_LARGE } from "../../language/yaml/parse";
import { descend, formatPath, itemName, type MapTree, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import { expandShorthands } from "../parse/shorthand";
import { withoutEmptyMaps } from "./empty-maps";
import { problemOf, specialKind, unreadable } from "./file-problems";
import { foreignFile } from "./foreign-files";
import { mangledValues } from "./raw-values";
import { refuseSecrets } from "./secrets";
import { refuseEncrypted } from "./sops";

export interface DefinitionFile {
  /** The file's map, shorthands written out; undefined where there is none to work with. */
  readonly root: MapTree | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a file and does what every file needs: shorthands written out, secrets and twins refused. Throws nothing. */
export function readDefinition(file: string): DefinitionFile {
  const refused = (problem: Problem): DefinitionFile => ({ root: undefined, problems: [problem] });
  let bytes: Uint8Array;
  try {
    const stats = statSync(file);
    const kind = specialKind(stats); // reading a pipe or a device may never end
    if (kind !== undefined) return refused(problemOf(file, `is ${kind}, but must be a file`));
    if (stats.size > MOST_BYTES) return refused(problemOf(file, TOO_LARGE, "file-size"));
    bytes = readFileSync(file);
  } catch (error) {
    return refused(unreadable(file, error));
  }
  return definitionOf(parseYaml(file, bytes));
}

/** Does what every file needs with the tree of one. */
export function definitionOf(file: ParsedFile): DefinitionFile {
  const parsed = refuseEncrypted(file);
  const { root, problems } = refuseSecrets(parsed);
  if (root === undefined) return { root, problems: [...parsed.problems, ...problems] };
  const foreign = foreignFile(root);
  if (foreign !== undefined) return { root: undefined, problems: [...problems, foreign] };
  const written = writtenOut(root);
  const found = [...written.problems, ...twins(root)];
  return { root: written.root, problems: [...parsed.problems, ...problems, ...found] };
}

/**
 * Expands the shorthands of a layer, removes keys that are empty in it, and reports values that YAML reads as something other than
 * they look: of a file, or of a part of one.
 */
export function writtenOut(layer: MapTree): { readonly root: MapTree; readonly problems: readonly Problem[] } {
  const filled = withoutEmptyMaps(layer);
  const { file: root, problems } = expandShorthands(filled.file);
  return { root, problems: [...filled.problems, ...problems, ...mangledValues(layer)] };
}

/** Items of one list with one name would silently become one item. Lists of Kubernetes objects are never merged, and may have them. */
function twins(root: MapTree): Problem[] {
  const problems: Problem[] = [];
  const path: (string | number)[] = [];
  const visit = (tree: Tree, step: string | number): void => {
    if (tree.kind === "scalar" || (step === "manifests" && path.at(-2) === "extra_manifests")) return;
    path.push(step);
    if (tree.kind === "map") for (const [key, { value }] of tree.entries) visit(value, key);
    else {
      const names = new Set<string>();
      tree.items.forEach((item, index) => {
        const name = itemName(item);
        if (name !== undefined && names.has(name)) problems.push(twin(root, [...path.slice(1), index, "name"], name));
        if (name !== undefined) names.add(name);
        visit(item, index);
      });
    }
    path.pop();
  };
  visit(root, "");
  return problems;
}

function twin(root: MapTree, path: Path, name: string): Problem {
  const message = `two items of this list have the name ${JSON.stringify(name)}. Rename one of them`;
  const place = placeOf(descend(root, path).tree);
  return { rule: "duplicate-item", severity: "error", place, path: formatPath(root, path), message };
}

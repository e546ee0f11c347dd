import { readFileSync } from "node:fs";
import type { Problem } from "../../language/problem";
import { type ParsedFile, parseYaml } from "../../language/yaml/parse";
import { descend, formatPath, itemName, type MapTree, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import { expandShorthands } from "../parse/shorthand";
import { mangledValues } from "./raw-values";
import { refuseSecrets } from "./secrets";

export interface DefinitionFile {
  /** The file's map, shorthands written out; undefined where there is none to work with. */
  readonly root: MapTree | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a file and does what every file needs: shorthands written out, secrets and twins refused. Throws nothing. */
export function readDefinition(file: string): DefinitionFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { root: undefined, problems: [unreadable(file, error)] };
  }
  return definitionOf(parseYaml(file, bytes));
}

/** Does what every file needs with the tree of one. */
export function definitionOf(parsed: ParsedFile): DefinitionFile {
  const { root, problems } = refuseSecrets(parsed);
  if (root === undefined) return { root, problems: [...parsed.problems, ...problems] };
  const expanded = expandShorthands(root);
  return {
    root: expanded.file,
    problems: [...parsed.problems, ...problems, ...expanded.problems, ...mangledValues(root), ...twins(root)],
  };
}

/** What the operating system says, in words. */
const UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: "cannot be read. Check the permissions of the file",
  EISDIR: "is a directory, but must be a file",
  ELOOP: "is a symbolic link to itself",
  ENOENT: "is a symbolic link to a file that does not exist",
};

function unreadable(file: string, error: unknown): Problem {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
  const message = UNREADABLE[code] ?? `cannot be read: ${code}`;
  return { severity: "error", place: { file, line: 1, column: 1 }, path: "", message };
}

/** Items of one list with one name would silently become one item. Lists of Kubernetes objects are never merged, and may have them. */
function twins(root: MapTree): Problem[] {
  const problems: Problem[] = [];
  const path: (string | number)[] = [];
  const visit = (tree: Tree, step: string | number): void => {
    if (tree.kind === "scalar" || (step === "manifests" && path[2] === "extra_manifests")) return;
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
  return { severity: "error", place: placeOf(descend(root, path).tree), path: formatPath(root, path), message };
}

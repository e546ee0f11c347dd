import { parseDocument } from "yaml";
import { isMap, type PlainMap } from "../../language/plain-map";
import type { Place } from "../../language/problem";
import { plainValue } from "../../language/yaml/plain-tree";
import { descend, type MapTree, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import { jsonOf } from "../diff/values";
import type { Resource } from "../resources/resource";

/** A Kubernetes object that a cluster's definition or one of its resources contains. */
export interface FoundObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string | null;
  /** Place of its apiVersion, or the address of the resource. */
  readonly where: Place | string;
}

/** Returns the objects that a definition contains, in manifests and in the values of charts. */
export function objectsInDefinition(tree: Tree): FoundObject[] {
  const found: FoundObject[] = [];
  visit(tree, (each) => {
    if (each.kind !== "map") return;
    const object = objectOf(Object.fromEntries(["apiVersion", "kind", "metadata"].map((key) => [key, at(each, key)])));
    if (object !== undefined) found.push({ ...object, where: placeOf(descend(each, ["apiVersion"]).tree) });
  });
  return found;
}

/** Returns the objects in the values of Helm releases, which the program itself installs. */
export function objectsInResources(resources: readonly Resource[]): FoundObject[] {
  return resources
    .filter(({ type }) => type === "helm_release")
    .flatMap(({ address, body }) => {
      const documents = [body["values"]]
        .flat()
        .map((values) => (typeof values === "string" ? (jsonOf(values) ?? readable(values)) : values));
      return plainObjects(documents).map((object) => ({ ...object, where: address }));
    });
}

/** Returns what can be read of a text as YAML: references in it need not be. */
function readable(text: string): unknown {
  return parseDocument(text).toJS();
}

/** Returns the places of keys or texts of a definition that match. */
export function placesOf(tree: Tree, matches: (key: string, value: Tree) => boolean): Place[] {
  const found: Place[] = [];
  visit(tree, (each) => {
    if (each.kind !== "map") return;
    for (const [key, entry] of each.entries) if (matches(key, entry.value)) found.push(placeOf(entry));
  });
  return found;
}

/** Returns the part of a definition at a path; undefined if it has none. */
export function partAt(tree: Tree, path: Path): Tree | undefined {
  const { complete, tree: found } = descend(tree, path);
  return complete ? found : undefined;
}

function visit(tree: Tree, call: (tree: Tree) => void): void {
  call(tree);
  if (tree.kind === "map") for (const { value } of tree.entries.values()) visit(value, call);
  if (tree.kind === "list") for (const item of tree.items) visit(item, call);
}

function at(map: MapTree, key: string): unknown {
  const value = map.entries.get(key)?.value;
  return value === undefined ? undefined : plainValue(value);
}

function objectOf({ apiVersion, kind, metadata }: PlainMap): Omit<FoundObject, "where"> | undefined {
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  const name = isMap(metadata) && typeof metadata["name"] === "string" ? metadata["name"] : null;
  return { apiVersion, kind, name };
}

function plainObjects(value: unknown): Omit<FoundObject, "where">[] {
  if (Array.isArray(value)) return value.flatMap(plainObjects);
  if (!isMap(value)) return [];
  const object = objectOf(value);
  return [...(object === undefined ? [] : [object]), ...Object.values(value).flatMap(plainObjects)];
}

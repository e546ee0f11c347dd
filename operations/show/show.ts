import type { z } from "zod";
import type { CheckedFleet } from "../../fleet/load";
import { childSchema, knownKeys } from "../../fleet/parse/introspect";
import type { Layers } from "../../fleet/read/layers";
import type { ResolvedFile } from "../../fleet/resolve";
import { definition } from "../../fleet/schema/definition";
import { withoutSecretsIn } from "../../fleet/secrets/search";
import { ExpectedError } from "../../language/expected-error";
import { extensionsOf } from "../../language/extensions/own";
import { DefinitionError } from "../../language/problem";
import { listed } from "../../language/suggest";
import { standsNowhere } from "../../language/yaml/plain-tree";
import { formatPath, type MapTree, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import type { ShownLayer, ShowReport } from "./report";
import { withEffect } from "./with-effect";

/** Shown in place of a value that was refused as a secret. */
export const HIDDEN = "(secret)";

/** Data files that every cluster depends on, besides its layers. */
const FACTS = ["channels.yaml", "regions.yaml", "kubernetes-support.yaml"] as const;

export interface Shown {
  readonly report: ShowReport;
  /** The resolved definition, each value with its place. */
  readonly tree: MapTree;
}

/**
 * Returns the resolved definition of the one cluster that was selected, with its layers. It may have errors.
 *
 * @throws ExpectedError if the selection matches several clusters, DefinitionError if the file cannot be read
 */
export function showCluster({ problems, selected }: CheckedFleet, today: string): Shown {
  const [resolved, ...others] = selected;
  if (resolved === undefined) throw new DefinitionError(problems);
  if (others.length > 0)
    throw new ExpectedError(`name one cluster. Selected: ${listed(selected.map(({ name }) => name))}`);
  const { layers } = resolved;
  const tree = withoutSecretValues(inSchemaOrder(withEffect(resolved, layers, today), definition)) as MapTree;
  const report: ShowReport = {
    version: 1,
    name: resolved.name,
    file: resolved.file,
    definition: plain(tree) as Record<string, unknown>,
    origins: Object.fromEntries(
      leavesOf(tree).map(({ path, value }) => [formatPath(tree, path), originOf(value) ?? ""]),
    ),
    layers: layersOf(resolved, layers),
    facts: [
      ...FACTS.map((name) => layers.files.data(name).root?.source.file),
      layers.files.own("extensions.yaml")?.root?.source.file,
      ...["checks", "hook"].flatMap((kind) => extensionsOf(kind as "checks" | "hook").map((each) => each.file)),
    ].flatMap((file) => (file === undefined ? [] : { file, shipped: layers.files.isFallback(file) })),
    problems: problems.map(({ message, path, place, severity }) => ({
      severity,
      file: place?.file ?? null,
      line: place?.line ?? null,
      column: place?.column ?? null,
      path,
      message,
    })),
  };
  return { report, tree };
}

/** Returns `file:line` of a value; undefined if no file has it. */
export function originOf(value: Tree): string | undefined {
  if (standsNowhere(value)) return undefined;
  const { file, line } = placeOf(value);
  return `${file}:${line}`;
}

/** Returns a tree with its keys in the order in which the schema and the reference list them. */
function inSchemaOrder(tree: Tree, schema: z.ZodType | undefined): Tree {
  const below = (child: Tree, step: string | number): Tree =>
    inSchemaOrder(child, schema === undefined ? undefined : childSchema(schema, step));
  if (tree.kind === "scalar") return tree;
  if (tree.kind === "list") return { ...tree, items: tree.items.map(below) };
  const known = (knownKeys(schema) ?? []).filter((key) => tree.entries.has(key));
  const entries = [...new Set([...known, ...tree.entries.keys()])].flatMap((key) => {
    const entry = tree.entries.get(key);
    return entry === undefined ? [] : [[key, { ...entry, value: below(entry.value, key) }] as const];
  });
  return { ...tree, entries: new Map(entries) };
}

interface Leaf {
  readonly path: Path;
  readonly value: Tree;
}

/** Returns the scalars of a tree, and its empty maps and lists. */
export function leavesOf(tree: Tree, path: Path = []): Leaf[] {
  if (tree.kind === "map" && tree.entries.size > 0)
    return [...tree.entries].flatMap(([key, { value }]) => leavesOf(value, [...path, key]));
  if (tree.kind === "list" && tree.items.length > 0)
    return tree.items.flatMap((item, index) => leavesOf(item, [...path, index]));
  return [{ path, value: tree }];
}

function layersOf({ chosen, file, name }: ResolvedFile, layers: Layers): ShownLayer[] {
  const below = layers.parts(chosen).map(
    ({ layer, name: layerName, part }): ShownLayer => ({
      layer,
      name: layerName,
      file: part.source.file,
      shipped: layers.files.isFallback(part.source.file),
    }),
  );
  return [...below, { layer: "cluster", name, file, shipped: false }];
}

/** Returns a tree without values and keys that were refused as secrets. */
function withoutSecretValues(tree: Tree): Tree {
  if (tree.kind === "list") return { ...tree, items: tree.items.map(withoutSecretValues) };
  if (tree.kind === "map") {
    const entries = [...tree.entries].map(
      ([key, entry]) => [withoutSecretsIn(key), { ...entry, value: withoutSecretValues(entry.value) }] as const,
    );
    return { ...tree, entries: new Map(entries) };
  }
  const shown =
    tree.secret === true ? HIDDEN : typeof tree.value === "string" ? withoutSecretsIn(tree.value) : tree.value;
  return shown === tree.value ? tree : { ...tree, value: shown, text: String(shown) };
}

/** Numbers that JavaScript cannot count exactly are text. */
function plain(tree: Tree): unknown {
  if (tree.kind === "scalar") return typeof tree.value === "bigint" ? String(tree.value) : tree.value;
  if (tree.kind === "list") return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plain(value)]));
}

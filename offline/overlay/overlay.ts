import { schemaAt, valuesAt } from "../schema/attribute-path";
import type { Attribute, Block, NestedBlock, ProviderSchema } from "../schema/schema";
import { type ObjectValue, sameValue, type Value } from "../wire/values";
import { COMPUTE } from "./compute";
import { CONNECTIONS } from "./connections";
import { EKS } from "./eks";
import type { Overlay, Overlays } from "./entry";
import { IDENTITY } from "./identity";
import { IN_CLUSTER } from "./in-cluster";
import { NETWORK } from "./network";
import { defaultAt, replacingPaths, sensitivePaths } from "./provider-facts";

/** Types with facts that their bindings lack. Any other type works from its schema alone. */
export const OVERLAYS: Overlays = { ...NETWORK, ...CONNECTIONS, ...IDENTITY, ...EKS, ...COMPUTE, ...IN_CLUSTER };

/** Paths whose change the provider's code (CustomizeDiff) makes a replacement, in every type: since 6.0, an object has a region. */
const BY_CODE: readonly (readonly [RegExp, readonly string[]])[] = [[/^aws_/, ["region"]]];

/** Paths of types that the data of the real provider does not have. */
const WITHOUT_DATA: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^aws_/, ["name_prefix", "bucket_prefix", "node_group_name_prefix"]],
  [/^kubernetes_/, ["metadata.name", "metadata.namespace", "metadata.generate_name"]],
];

function pathsFor(type: string, lists: typeof BY_CODE): readonly string[] {
  return lists.filter(([pattern]) => pattern.test(type)).flatMap(([, paths]) => paths);
}

/** Returns the attributes whose change replaces an object of a type. */
export function forceNewOf(type: string, block: Block): readonly string[] {
  const known = replacingPaths(type) ?? [...pathsFor(type, WITHOUT_DATA), ...(OVERLAYS[type]?.forceNew ?? [])];
  return [...new Set([...pathsFor(type, BY_CODE), ...known])].filter((path) => schemaAt(block, path) !== undefined);
}

/** Returns the paths at which a change of an object replaces it. */
export function replacedBy(type: string, block: Block, before: ObjectValue, after: ObjectValue): readonly string[] {
  const effective = (object: ObjectValue, path: string): Value[] =>
    valuesAt(object, path).map((value) => value ?? defaultAt(type, path));
  const changed = (path: string): boolean => !sameValue(effective(before, path), effective(after, path));
  const conditional = (OVERLAYS[type]?.forceNewIf ?? [])
    .filter(({ path, replaces }) => replaces(valuesAt(before, path).flat(), valuesAt(after, path).flat()))
    .map(({ path }) => path);
  return [...forceNewOf(type, block), ...conditional].filter(changed);
}

function attributeAt(block: Block, path: string, type: string): Attribute {
  const attribute = schemaAt(block, path);
  if (attribute === undefined || attribute === "block") {
    throw new Error(`the overlay of ${type} names ${path}, which is not an attribute of the type`);
  }
  return attribute;
}

function blockAt(block: Block, path: string, type: string): NestedBlock {
  const [name = "", ...rest] = path.split(".");
  const nested = block.blocks[name];
  if (nested === undefined) throw new Error(`the overlay of ${type} names ${path}, which is not a block of the type`);
  return rest.length === 0 ? nested : blockAt(nested.block, rest.join("."), type);
}

function applyTo(type: string, block: Block, overlay: Overlay): void {
  for (const path of [...sensitivePaths(type), ...(overlay.sensitive ?? [])])
    attributeAt(block, path, type).sensitive = true;
  for (const path of overlay.writeOnly ?? []) attributeAt(block, path, type).writeOnly = true;
  for (const [path, { min, max }] of Object.entries(overlay.items ?? {})) {
    const nested = blockAt(block, path, type);
    if (min !== undefined) nested.minItems = min;
    if (max !== undefined) nested.maxItems = max;
  }
}

/** Adds the facts that the bindings lost to a derived schema. */
export function applyOverlays(schema: ProviderSchema): void {
  for (const [type, block] of Object.entries(schema.resources)) applyTo(type, block, OVERLAYS[type] ?? { source: "" });
  for (const [type, block] of Object.entries(schema.dataSources)) {
    applyTo(`data.${type}`, block, OVERLAYS[`data.${type}`] ?? { source: "" });
  }
}

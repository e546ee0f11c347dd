import { schemaAt, valuesAt } from "../schema/attribute-path";
import type { Attribute, Block, ProviderSchema } from "../schema/schema";
import { type ObjectValue, sameValue } from "../wire/values";
import { COMPUTE } from "./compute";
import { CONNECTIONS } from "./connections";
import { EKS } from "./eks";
import type { Overlay, Overlays } from "./entry";
import { IDENTITY } from "./identity";
import { IN_CLUSTER } from "./in-cluster";
import { NETWORK } from "./network";

/** Types with facts that their bindings lack. Any other type works from its schema alone. */
export const OVERLAYS: Overlays = { ...NETWORK, ...CONNECTIONS, ...IDENTITY, ...EKS, ...COMPUTE, ...IN_CLUSTER };

/** Facts about every type. */
const GENERAL: readonly (readonly [RegExp, readonly string[]])[] = [
  // Since 6.0, the region of a resource is an argument, and a move to another region replaces the resource.
  [/^aws_/, ["region", "name_prefix", "bucket_prefix", "node_group_name_prefix"]],
  [/^kubernetes_/, ["metadata.name", "metadata.namespace", "metadata.generate_name"]],
];

/** Returns the attributes whose change replaces an object of a type. */
export function forceNewOf(type: string, block: Block): readonly string[] {
  const general = GENERAL.filter(([pattern]) => pattern.test(type)).flatMap(([, paths]) => paths);
  const own = OVERLAYS[type]?.forceNew ?? [];
  return [...new Set([...general, ...own])].filter((path) => schemaAt(block, path) !== undefined);
}

/** Returns the paths at which a change of an object replaces it. */
export function replacedBy(type: string, block: Block, before: ObjectValue, after: ObjectValue): readonly string[] {
  const changed = (path: string): boolean => !sameValue(valuesAt(before, path), valuesAt(after, path));
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

function applyTo(type: string, block: Block, overlay: Overlay): void {
  for (const path of overlay.sensitive ?? []) attributeAt(block, path, type).sensitive = true;
  for (const [name, { min, max }] of Object.entries(overlay.items ?? {})) {
    const nested = block.blocks[name];
    if (nested === undefined) throw new Error(`the overlay of ${type} names ${name}, which is not a block of the type`);
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

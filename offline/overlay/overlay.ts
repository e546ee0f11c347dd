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

/** Every type of which more is known than its bindings tell. A type that is not here works from its schema alone. */
export const OVERLAYS: Overlays = { ...NETWORK, ...CONNECTIONS, ...IDENTITY, ...EKS, ...COMPUTE, ...IN_CLUSTER };

/** What holds for types without an entry too. */
const GENERAL: readonly (readonly [RegExp, readonly string[]])[] = [
  // Since 6.0 the region of a resource is an argument of it, and moving a resource means making a new one.
  [/^aws_/, ["region", "name_prefix", "bucket_prefix", "node_group_name_prefix"]],
  [/^kubernetes_/, ["metadata.name", "metadata.namespace", "metadata.generate_name"]],
];

/** The attributes whose change replaces an object of the type. */
export function forceNewOf(type: string, block: Block): readonly string[] {
  const general = GENERAL.filter(([pattern]) => pattern.test(type)).flatMap(([, paths]) => paths);
  const own = OVERLAYS[type]?.forceNew ?? [];
  return [...new Set([...general, ...own])].filter((path) => schemaAt(block, path) !== undefined);
}

/** Where a change of an object replaces it. */
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
    throw new Error(`the overlay of ${type} names ${path}, which is no attribute of it`);
  }
  return attribute;
}

function applyTo(type: string, block: Block, overlay: Overlay): void {
  for (const path of overlay.sensitive ?? []) attributeAt(block, path, type).sensitive = true;
  for (const [name, { min, max }] of Object.entries(overlay.items ?? {})) {
    const nested = block.blocks[name];
    if (nested === undefined) throw new Error(`the overlay of ${type} names ${name}, which is no block of it`);
    if (min !== undefined) nested.minItems = min;
    if (max !== undefined) nested.maxItems = max;
  }
}

/** Adds to a derived schema what the bindings lost of it. */
export function applyOverlays(schema: ProviderSchema): void {
  for (const [type, block] of Object.entries(schema.resources)) applyTo(type, block, OVERLAYS[type] ?? { source: "" });
  for (const [type, block] of Object.entries(schema.dataSources)) {
    applyTo(`data.${type}`, block, OVERLAYS[`data.${type}`] ?? { source: "" });
  }
}

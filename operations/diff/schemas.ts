import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMap, type PlainMap } from "../../language/plain-map";
import { OVERLAYS, replacedBy } from "../../offline/overlay/overlay";
import { flagsOf, PROVIDER_FACTS, sensitivePaths } from "../../offline/overlay/provider-facts";
import { valuesAt } from "../../offline/schema/attribute-path";
import { deriveType, fileOfType } from "../../offline/schema/derive";
import type { Block } from "../../offline/schema/schema";
import { providerOf } from "../../offline/schema/types-in-use";
import type { ObjectValue } from "../../offline/wire/values";

/** The packages of the program: sources and bundles are at different depths below them, and a package may have packages of its own. */
function packages(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "node_modules/@cdktf")) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, "node_modules");
}

/** Schemas by type, each derived once from the packages of the providers. */
const schemas = new Map<string, Block | undefined>();

function schemaOf(type: string): Block | undefined {
  if (!schemas.has(type)) {
    const provider = providerOf(type);
    const file = provider && fileOfType(packages(), provider, type);
    schemas.set(type, provider && file ? deriveType(file, provider).block : undefined);
  }
  return schemas.get(type);
}

/** Returns a resource's arguments with their sets sorted, because the order of a set is irrelevant. */
export function inSetOrder(type: string, body: PlainMap): PlainMap {
  const schema = schemaOf(type);
  return schema === undefined ? body : sortedBlock(schema, body);
}

function sortedBlock({ attributes, blocks }: Block, body: PlainMap): PlainMap {
  const sorted = Object.entries(body).map(([key, value]) => {
    const type = attributes[key]?.type;
    if (Array.isArray(type) && type[0] === "set" && Array.isArray(value)) return [key, byText(value)] as const;
    const nested = blocks[key];
    if (nested === undefined) return [key, value] as const;
    if (isMap(value)) return [key, sortedBlock(nested.block, value)] as const;
    if (!Array.isArray(value)) return [key, value] as const;
    const items = value.map((item) => (isMap(item) ? sortedBlock(nested.block, item) : item));
    return [key, nested.nesting === "set" ? byText(items) : items] as const;
  });
  return Object.fromEntries(sorted);
}

function byText(items: readonly unknown[]): readonly unknown[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}

/**
 * Returns the attributes whose change causes the real provider to replace a resource. A value that the provider computes stays if the
 * configuration no longer sets it, and so does the resource.
 */
export function replacingAttributes(type: string, before: PlainMap, after: PlainMap): readonly string[] {
  const schema = schemaOf(type);
  if (schema === undefined) return [];
  const [old, now] = [before as ObjectValue, after as ObjectValue];
  const paths = replacedBy(type, schema, old, now).filter((path) => {
    const fact = PROVIDER_FACTS[type]?.[path];
    const isComputed = fact !== undefined && flagsOf(fact).includes("C");
    return !(isComputed && valuesAt(now, path).every((value) => value === null));
  });
  // A block and its attributes may both be in the data: the attribute is more precise.
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
}

/** True if a provider treats an attribute, or the block that contains it, as a secret. */
export function isSensitive(type: string, names: readonly string[]): boolean {
  const path = names.join(".");
  const known = [...sensitivePaths(type), ...(OVERLAYS[type]?.sensitive ?? [])];
  return known.some((each) => path === each || path.startsWith(`${each}.`) || each.startsWith(`${path}.`));
}

/** True if a type has tags, to which the provider adds its default tags. */
export function hasDefaultTags(type: string): boolean {
  return PROVIDER_FACTS[type]?.["tags_all"] !== undefined;
}

import { defaultAt } from "./default-at";
import { examplesAt } from "./examples";
import { namesAt } from "./names-schema";

type Json = Record<string, unknown>;

/** Formats of the schema that editors do not support. Each key that has one also has a pattern. */
const FORMATS_OF_OURS: readonly unknown[] = ["cidrv4", "cidrv6"];

/** Default values that are longer are not repeated in descriptions. */
const LONGEST_DEFAULT = 60;

/** The place of a part of a schema. */
interface Place {
  /** Such as `tfvars.workers[].name`. */
  readonly path: string;
  /** The content of `defaults.yaml`. */
  readonly defaults: unknown;
  /** True inside an item that no layer merges with another: such an item is complete. */
  readonly complete: boolean;
}

/**
 * Returns the schema of a file that is merged over others. Such a file requires nothing but the names of items that layers merge by
 * name, and all keys of other items. `null` removes a key. Each key shows its description, its default and the names that it accepts.
 */
export function layerSchema(schema: Json, defaults: unknown): Json {
  return layer(schema, { path: "", defaults, complete: false });
}

function layer(schema: Json, place: Place): Json {
  const made: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "required") {
      const required = requiredOf(value as readonly string[], place);
      if (required.length > 0) made[key] = required;
    } else if (key === "format" && FORMATS_OF_OURS.includes(value)) {
      // Editors would warn about it in every file.
    } else if (key === "properties") {
      const required = (schema["required"] ?? []) as readonly string[];
      made[key] = mapValues(value as Json, (child, name) =>
        property(child, below(place, name), required.includes(name)),
      );
    } else if (key === "items") {
      const items = value as Json;
      const each = { ...below(place, "[]"), complete: place.complete || !mergesByName(items) };
      made[key] = named(layer(items, each), each);
    } else if (key === "additionalProperties" && isJson(value)) {
      made[key] = orNull(layer(value, below(place, "*")));
    } else if (ALTERNATIVES.includes(key)) {
      made[key] = (value as Json[]).map((each) => layer(each, place));
    } else {
      made[key] = value;
    }
  }
  return made;
}

const ALTERNATIVES = ["anyOf", "oneOf", "allOf"];

function requiredOf(required: readonly string[], { path, complete }: Place): readonly string[] {
  if (complete) return required;
  return path.endsWith("[]") ? required.filter((key) => key === "name") : [];
}

/** True if layers merge the items of a list by their names. */
function mergesByName(items: Json): boolean {
  const alternatives = ALTERNATIVES.flatMap((key) => (items[key] ?? []) as readonly Json[]);
  return Object.hasOwn((items["properties"] ?? {}) as Json, "name") || alternatives.some(mergesByName);
}

/** Returns a key's schema, with everything that an editor shows at its own level. */
function property(schema: Json, place: Place, required: boolean): Json {
  const { description, default: own, examples, ...substance } = shown(named(layer(schema, place), place));
  const found = defaultAt(place.path, place.defaults);
  const value = hasKeys(schema) ? undefined : found === undefined ? own : found;
  return {
    ...(typeof description === "string" && { description: withDefault(description, value) }),
    ...(value !== undefined && { default: value }),
    ...examplesOf(examplesAt(place.path) ?? examples),
    ...(required ? substance : orNull(substance)),
  };
}

/** Returns the schema with the names that its place accepts. */
function named(schema: Json, { path }: Place): Json {
  const names = namesAt(path);
  return names === undefined ? schema : { ...schema, ...names };
}

/**
 * Returns the schema with the description and the examples of its only alternative besides null, because editors show those of the
 * key itself. Examples of a list's items are one of the list.
 */
function shown(schema: Json): Json {
  const alternatives = (schema["anyOf"] ?? []) as readonly Json[];
  const [only, ...others] = alternatives.filter(({ type }) => type !== "null");
  if (only === undefined || others.length > 0) return withItemExamples(schema);
  const { description, examples, ...rest } = withItemExamples(only);
  return {
    description,
    ...examplesOf(examples),
    ...schema,
    anyOf: alternatives.map((each) => (each === only ? rest : each)),
  };
}

function withItemExamples(schema: Json): Json {
  const { examples } = (schema["items"] ?? {}) as Json;
  return { ...(examples !== undefined && { examples: [examples] }), ...schema };
}

function examplesOf(examples: unknown): Json {
  return examples === undefined ? {} : { examples };
}

function withDefault(description: string, value: unknown): string {
  if (value === undefined || /\bDefault: |\bby default\b/i.test(description)) return description;
  const text = JSON.stringify(value);
  return text.length > LONGEST_DEFAULT ? description : `${description} Default: ${text}.`;
}

function hasKeys(schema: Json): boolean {
  const alternatives = (schema["anyOf"] ?? []) as readonly Json[];
  return schema["properties"] !== undefined || alternatives.some(({ properties }) => properties !== undefined);
}

function orNull(schema: Json): Json {
  const alternatives = schema["anyOf"] as readonly Json[] | undefined;
  if (alternatives?.some(({ type }) => type === "null")) return schema;
  return { anyOf: [schema, { type: "null" }] };
}

function below(place: Place, step: string): Place {
  const path = step === "[]" ? `${place.path}[]` : place.path === "" ? step : `${place.path}.${step}`;
  return { ...place, path };
}

function mapValues(map: Json, change: (value: Json, key: string) => Json): Json {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value as Json, key)]));
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { stringify } from "yaml";
import { defaultAt } from "../fleet/schema/default-at";
import { examplesAt } from "../fleet/schema/examples";
import { typeText } from "../fleet/schema/type-text";

export type Json = { readonly [key: string]: unknown };

/** One key of a file, as the reference lists it. */
export interface Row {
  readonly path: string;
  readonly type: string;
  readonly default: string;
  readonly meaning: string;
}

export function propertiesOf(schema: Json): Json {
  return (schema["properties"] ?? {}) as Json;
}

/** Returns the schema of a key without the null that removes a lower layer's value. */
export function substance(schema: Json): Json {
  const alternatives = (schema["anyOf"] ?? []) as readonly Json[];
  const [first, ...others] = alternatives.filter(({ type }) => type !== "null");
  return first === undefined || others.length > 0
    ? schema
    : { ...first, ...(describe(schema) !== "" && { description: describe(schema) }) };
}

export function describe(schema: Json): string {
  return typeof schema["description"] === "string" ? schema["description"] : "";
}

/** Returns every key of a map, each followed by the keys inside it. */
export function rows(map: Json, parent: string, defaults: unknown): Row[] {
  const required = (map["required"] ?? []) as readonly string[];
  return Object.entries(propertiesOf(map)).flatMap(([key, raw]) => {
    const schema = substance(raw as Json);
    const path = parent === "" ? key : `${parent}.${key}`;
    const row: Row = {
      path,
      type: typeText(describe(raw as Json) === "" ? schema : (raw as Json), code), // where null has a meaning, it is described
      default: defaultText(path, schema, defaults) ?? (required.includes(key) ? "required" : "optional"),
      meaning: withExample(describe(schema), path, raw as Json, defaults),
    };
    return [row, ...below(schema, path, defaults)];
  });
}

/** Returns a description with the first example of the key, unless the description or the default shows one. */
function withExample(description: string, path: string, raw: Json, defaults: unknown): string {
  const schema = substance(raw);
  const items = (schema["items"] ?? {}) as Json;
  const own = examplesAt(path) ?? raw["examples"] ?? schema["examples"] ?? (items["examples"] && [items["examples"]]);
  const [example] = (own ?? []) as readonly unknown[];
  const text = example === undefined ? "" : flow(example);
  const isShown = description.includes(text) || / such as /.test(description) || showsValue(path, schema, defaults);
  if (text === "" || text.includes("\n") || isShown) return description;
  return `${description} Example: \`${text}\`.`;
}

function flow(value: unknown): string {
  const text = stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
  return text.replaceAll("[ ", "[").replaceAll(" ]", "]");
}

/** True if the default is a value that shows what to write. */
function showsValue(path: string, schema: Json, defaults: unknown): boolean {
  const value = defaultAt(path, defaults) ?? schema["default"] ?? "";
  return typeof value === "object" ? Object.keys(value as object).length > 0 : value !== "";
}

/** Every key below one; a list of maps is shown by its items, and a map of any keys by its values. */
export function below(schema: Json, path: string, defaults: unknown): Row[] {
  const items = schema["items"] === undefined ? {} : substance(schema["items"] as Json);
  const values = schema["additionalProperties"];
  return [
    ...rows(schema, path, defaults),
    ...rows(items, `${path}[]`, defaults),
    ...(typeof values === "object" && values !== null ? rows(substance(values as Json), `${path}.*`, defaults) : []),
  ];
}

export const code = (value: unknown): string =>
  `\`${typeof value === "string" ? value || '""' : JSON.stringify(value)}\``;

/** Returns the default as the reference shows it; undefined if there is none. Maps with known keys are shown by their keys. */
function defaultText(path: string, schema: Json, defaults: unknown): string | undefined {
  const found = defaultAt(path, defaults);
  const value = found === undefined ? schema["default"] : found;
  if (value === undefined) return undefined;
  return Object.keys(propertiesOf(schema)).length > 0 && value !== null ? "" : code(value);
}

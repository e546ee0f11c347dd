import YAML from "yaml";
import { LISTS_WITH_DEFAULTS } from "../fleet/parse/lists-with-defaults";
import { type FileKind, mergedSchema } from "../fleet/schema/json-schema";

type Json = { readonly [key: string]: unknown };

/** One key of a file, as the reference lists it. */
interface Row {
  readonly path: string;
  readonly type: string;
  readonly default: string;
  readonly meaning: string;
}

const INTRODUCTION = `# Definition reference

Every key of every file under \`definitions/\`, with its type, its default and its meaning. Generated from the schema by
\`make generate\`: change \`fleet/schema/\`, the addon's options or \`definitions/defaults.yaml\`, not this page.

A cluster's file overrides the layers below it: \`defaults.yaml\` < release < account < tier < cluster. Maps merge; lists whose
items have a \`name\` merge by name; any other list, and every scalar, is replaced; \`null\` removes a value of the layers below.
In place of a default, \`required\` means that the key must be set, here or in a layer below, if its map or item is set.
\`optional\` means that the key may be omitted. The default of a map is empty if its keys have defaults.
`;

const TITLES: Readonly<Record<FileKind, { readonly title: string; readonly text: string }>> = {
  cluster: {
    title: "Clusters: `clusters/**/<CLUSTER_NAME>.yaml`",
    text: "One file, one cluster. Folders group clusters by owner and have no other meaning.",
  },
  account: {
    title: "Accounts: `accounts/<name>.yaml`",
    text: "An AWS account. It may contain `tfvars`, which every cluster of the account inherits.",
  },
  tier: {
    title: "Tiers: `tiers/<name>.yaml`",
    text: "The `tfvars` that every cluster of the tier inherits.",
  },
  release: {
    title: "Releases: `releases/<name>.yaml`",
    text: "One tested set of versions. It may also contain `tfvars`.",
  },
  channels: {
    title: "Channels: `channels.yaml`",
    text: "Channel -> release: a map from names to the names of files in `releases/`.",
  },
  defaults: {
    title: "Defaults: `defaults.yaml`",
    text: "The lowest layer: `meta` and `tfvars` of clusters, and the defaults of accounts and service levels.",
  },
};

/** The page `docs/definition-reference.md`, from the schema and the text of `defaults.yaml`. */
export function definitionReference(defaults: string): string {
  const values = YAML.parse(defaults) as Json;
  const kinds: readonly FileKind[] = ["cluster", "account", "tier", "release", "channels", "defaults"];
  return [INTRODUCTION, ...kinds.map((kind) => page(kind, values))].join("\n");
}

/** The defaults of a page's own keys; clusters' defaults are found by the whole path. */
const OWN_DEFAULTS: Readonly<Partial<Record<FileKind, (defaults: Json) => unknown>>> = {
  account: (defaults) => defaults["account_defaults"],
  defaults: (defaults) => defaults,
};

function page(kind: FileKind, defaults: Json): string {
  const { title, text } = TITLES[kind];
  const schema = mergedSchema(kind);
  const sections = kind === "cluster" ? clusterSections(schema, defaults) : ownSection(kind, schema, defaults);
  return [`## ${title}\n\n${text}\n`, ...sections].join("\n");
}

/** Returns the table of a file's own keys, besides `meta` and `tfvars`, which are those of a cluster. */
function ownSection(kind: FileKind, schema: Json, defaults: Json): string[] {
  const { meta: _meta, tfvars: _tfvars, ...properties } = propertiesOf(schema);
  if (Object.keys(properties).length === 0) return [];
  return [table(rows({ ...schema, properties }, "", OWN_DEFAULTS[kind]?.(defaults) ?? {}))];
}

/** `meta`, then one table for each part of `tfvars`, and one for each addon. */
function clusterSections(schema: Json, defaults: Json): string[] {
  const { meta = {}, tfvars = {} } = propertiesOf(schema);
  const parts = Object.entries(propertiesOf(tfvars as Json)).map(
    ([key, part]) =>
      `### tfvars.${key}\n\n${describe(part as Json)}\n\n${table(below(part as Json, `tfvars.${key}`, defaults))}`,
  );
  return [`### meta\n\n${table(below(meta as Json, "meta", defaults))}`, ...parts];
}

function propertiesOf(schema: Json): Json {
  return (schema["properties"] ?? {}) as Json;
}

/** Returns the schema of a key without the null that removes a lower layer's value. */
function substance(schema: Json): Json {
  const alternatives = (schema["anyOf"] ?? []) as readonly Json[];
  const [first, ...others] = alternatives.filter(({ type }) => type !== "null");
  return first === undefined || others.length > 0
    ? schema
    : { ...first, ...(describe(schema) !== "" && { description: describe(schema) }) };
}

function describe(schema: Json): string {
  return typeof schema["description"] === "string" ? schema["description"] : "";
}

/** Returns every key of a map, each followed by the keys inside it. */
function rows(map: Json, parent: string, defaults: unknown): Row[] {
  const required = (map["required"] ?? []) as readonly string[];
  return Object.entries(propertiesOf(map)).flatMap(([key, raw]) => {
    const schema = substance(raw as Json);
    const path = parent === "" ? key : `${parent}.${key}`;
    const row: Row = {
      path,
      type: typeText(describe(raw as Json) === "" ? schema : (raw as Json)), // where null has a meaning, it is described
      default: defaultText(path, schema, defaults) ?? (required.includes(key) ? "required" : "optional"),
      meaning: describe(schema),
    };
    return [row, ...below(schema, path, defaults)];
  });
}

/** Every key below one; a list of maps is shown by its items, and a map of any keys by its values. */
function below(schema: Json, path: string, defaults: unknown): Row[] {
  const items = schema["items"] === undefined ? {} : substance(schema["items"] as Json);
  const values = schema["additionalProperties"];
  return [
    ...rows(schema, path, defaults),
    ...rows(items, `${path}[]`, defaults),
    ...(typeof values === "object" && values !== null ? rows(substance(values as Json), `${path}.*`, defaults) : []),
  ];
}

function table(list: readonly Row[]): string {
  const lines = list.map(
    ({ path, type, default: value, meaning }) => `| \`${path}\` | ${type} | ${value} | ${cell(meaning)} |`,
  );
  return ["| key | type | default | meaning |", "| --- | --- | --- | --- |", ...lines, ""].join("\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
const code = (value: unknown): string => `\`${typeof value === "string" ? value || '""' : JSON.stringify(value)}\``;

function typeText(schema: Json): string {
  const alternatives = (schema["anyOf"] ?? schema["oneOf"]) as readonly Json[] | undefined;
  if (alternatives !== undefined) return [...new Set(alternatives.map(typeText))].join(" or ");
  if (schema["const"] !== undefined) return code(schema["const"]);
  if (Array.isArray(schema["enum"])) return (schema["enum"] as unknown[]).map(code).join(", ");
  switch (schema["type"]) {
    case "array":
      return `list of ${typeText((schema["items"] ?? {}) as Json)}`;
    case "boolean":
      return "true, false";
    case "integer":
    case "number":
      return `${schema["type"] === "integer" ? "whole number" : "number"}${rangeText(schema)}`;
    case "null":
      return "null";
    case "object":
      return "map";
    case "string":
      return "text";
    default:
      return "any";
  }
}

function rangeText(schema: Json): string {
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  // JSON Schema's bounds of what a JavaScript number can count exactly say nothing to a reader.
  const low = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const high = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (low !== undefined && high !== undefined) return ` ${low} to ${high}`;
  if (low !== undefined) return ` from ${low}`;
  return high === undefined ? "" : ` up to ${high}`;
}

/**
 * What `defaults.yaml` says at a path, of a list's item what the defaults of items say, or else what the schema does; undefined
 * where nobody says anything. Maps are shown by their keys.
 */
function defaultText(path: string, schema: Json, defaults: unknown): string | undefined {
  const at = LISTS_WITH_DEFAULTS.reduce(
    (from, { list, defaults: of }) => from.replace(`tfvars.${list}[].`, `tfvars.${of}.`),
    path,
  );
  const value = at
    .split(".")
    .reduce<unknown>(
      (from, key) => (typeof from === "object" && from !== null ? (from as Json)[key] : undefined),
      defaults,
    );
  const said = value === undefined ? schema["default"] : value;
  if (said === undefined) return undefined;
  const hasKeys = Object.keys(propertiesOf(schema)).length > 0;
  return hasKeys && said !== null ? "" : cell(code(said));
}

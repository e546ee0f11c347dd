import YAML from "yaml";
import { type FileKind, jsonSchema } from "../fleet/schema/json-schema";

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
\`make generate\`: change \`fleet/schema/\`, the addon's options or \`definitions/defaults.yaml\`, never this page.

A cluster's file lies over the layers below it: \`defaults.yaml\` < release < account < tier < cluster. Maps merge; lists whose
items have a \`name\` merge by name; any other list, and every scalar, is replaced; \`null\` takes away what a layer below set.
An empty default means that the key must be given.
`;

const TITLES: Readonly<Record<FileKind, { readonly title: string; readonly text: string }>> = {
  cluster: {
    title: "Clusters: `clusters/**/<CLUSTER_NAME>.yaml`",
    text: "One file, one cluster. Folders are owners and mean nothing else.",
  },
  account: {
    title: "Accounts: `accounts/<name>.yaml`",
    text: "An AWS account. It may hold `tfvars` as a cluster does: they lie under every cluster of the account.",
  },
  tier: {
    title: "Tiers: `tiers/<name>.yaml`",
    text: "What a tier changes: `tfvars`, as a cluster has them, and nothing else.",
  },
  release: {
    title: "Releases: `releases/<name>.yaml`",
    text: "One tested set of versions. It may hold `tfvars` too.",
  },
  channels: {
    title: "Channels: `channels.yaml`",
    text: "Channel -> release: a map from names to the names of files in `releases/`.",
  },
  defaults: {
    title: "Defaults: `defaults.yaml`",
    text: "The lowest layer: `meta` and `tfvars` as a cluster has them, and what accounts and service levels are made of.",
  },
};

/** The page `docs/definition-reference.md`, from the schema and the text of `defaults.yaml`. */
export function definitionReference(defaults: string): string {
  const values = YAML.parse(defaults) as Json;
  const kinds: readonly FileKind[] = ["cluster", "account", "tier", "release", "channels", "defaults"];
  return [INTRODUCTION, ...kinds.map((kind) => page(kind, values))].join("\n");
}

/** Where the defaults of a page's own keys are; clusters' are found by their whole path. */
const OWN_DEFAULTS: Readonly<Partial<Record<FileKind, (defaults: Json) => unknown>>> = {
  account: (defaults) => defaults["account_defaults"],
  defaults: (defaults) => defaults,
};

function page(kind: FileKind, defaults: Json): string {
  const { title, text } = TITLES[kind];
  const properties = Object.entries(propertiesOf(jsonSchema(kind))).filter(
    ([key]) => kind === "cluster" || !["meta", "tfvars"].includes(key),
  );
  const sections =
    kind === "cluster"
      ? clusterSections(properties, defaults)
      : [table(rows(properties, "", OWN_DEFAULTS[kind]?.(defaults) ?? {}))];
  return [`## ${title}\n\n${text}\n`, ...(properties.length === 0 ? [] : sections)].join("\n");
}

/** `meta`, then one table for each part of `tfvars`, and one for each addon. */
function clusterSections(properties: readonly [string, unknown][], defaults: Json): string[] {
  const meta = properties.filter(([key]) => key === "meta");
  const tfvars = Object.entries(propertiesOf((Object.fromEntries(properties)["tfvars"] ?? {}) as Json));
  const parts = tfvars.map(
    ([key, schema]) =>
      `### tfvars.${key}\n\n${describe(schema as Json)}\n\n${table(rows([[key, schema]], "tfvars", defaults).slice(1))}`,
  );
  return [`### meta\n\n${table(rows(meta, "", defaults).slice(1))}`, ...parts];
}

function propertiesOf(schema: Json): Json {
  return (schema["properties"] ?? {}) as Json;
}

/** What a key holds, besides the null that takes a lower layer's value away. */
function substance(schema: Json): Json {
  const alternatives = (schema["anyOf"] ?? []) as readonly Json[];
  const [first, ...others] = alternatives.filter(({ type }) => type !== "null");
  return first === undefined || others.length > 0
    ? schema
    : { ...first, ...(describe(schema) === "" ? {} : { description: describe(schema) }) };
}

function describe(schema: Json): string {
  return typeof schema["description"] === "string" ? schema["description"] : "";
}

/** Every key below, maps before what is in them; a list of maps is shown by its items. */
function rows(properties: readonly [string, unknown][], parent: string, defaults: unknown): Row[] {
  return properties.flatMap(([key, raw]) => {
    const schema = substance(raw as Json);
    const path = parent === "" ? key : `${parent}.${key}`;
    const items = schema["items"] === undefined ? undefined : substance(schema["items"] as Json);
    const values = schema["additionalProperties"];
    const row: Row = {
      path,
      type: typeText(describe(raw as Json) === "" ? schema : (raw as Json)), // where null has a meaning, it is described
      default: defaultText(path, schema, defaults),
      meaning: describe(schema),
    };
    return [
      row,
      ...rows(Object.entries(propertiesOf(schema)), path, defaults),
      ...(items === undefined ? [] : rows(Object.entries(propertiesOf(items)), `${path}[]`, defaults)),
      ...(typeof values === "object" && values !== null
        ? rows(Object.entries(propertiesOf(values as Json)), `${path}.*`, defaults)
        : []),
    ];
  });
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

/** What `defaults.yaml` says at a path; of a list's item what the defaults of items say. Maps are shown by their keys. */
function defaultText(path: string, schema: Json, defaults: unknown): string {
  const at = path
    .replace("tfvars.workers[].", "tfvars.worker_defaults.")
    .replace("tfvars.extra_charts[].", "tfvars.extra_chart_defaults.");
  const value = at
    .split(".")
    .reduce<unknown>(
      (from, key) => (typeof from === "object" && from !== null ? (from as Json)[key] : undefined),
      defaults,
    );
  if (value === undefined) return "";
  const hasKeys = Object.keys(propertiesOf(schema)).length > 0;
  return hasKeys ? "" : cell(code(value));
}

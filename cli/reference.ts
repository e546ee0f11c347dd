import YAML from "yaml";
import { LISTS_WITH_DEFAULTS } from "../fleet/parse/lists-with-defaults";
import { defaultAt } from "../fleet/schema/default-at";
import { type FileKind, mergedSchema, ownDefaults } from "../fleet/schema/json-schema";
import { below, code, describe, type Json, propertiesOf, type Row, rows, substance } from "./reference-rows";
import { table } from "./reference-table";

const INTRODUCTION = `# Definition reference

Every key of every file under \`definitions/\`, with its type, its default and its meaning. Generated from the schema by
\`make generate\`: change \`fleet/schema/\`, the addon's options or \`definitions/defaults.yaml\`, not this page.

A cluster's file overrides the layers below it: \`defaults.yaml\` < release and its platform < channel < account < tier < cluster. Maps merge; lists whose
items have a \`name\` merge by name; any other list, and every scalar, is replaced; \`null\` removes a value of the layers below.
In place of a default, \`required\` means that the key must be set, here or in a layer below, if its map or item is set.
\`optional\` means that the key may be omitted. The default of a map is empty if its keys have defaults.

Keys are relative to their heading. \`[]\` is an item of a list, \`*\` is any key of a map. Text that does not fit into a row is in the list
below the table.
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
    text: "What `fleet guard` lets pass in the tier's clusters, and the `tfvars` that they inherit.",
  },
  release: {
    title: "Releases: `releases/<name>.yaml`",
    text: "One tested set of versions. It may also contain `tfvars`, and platforms, which clusters get by their tiers.",
  },
  channels: {
    title: "Channels: `channels.yaml`",
    text: "Channel -> release: a map from names to the names of files in `releases/`. With `{ release: …, tfvars: … }`, every cluster of the channel also inherits the `tfvars`.",
  },
  exception: {
    title: "Exceptions: `exceptions/<name>.yaml`",
    text: "A change that `fleet guard` stops, and that may pass once ([what the guard stops](guard.md)). No layer lies below it.",
  },
  adopted: {
    title: "Adopted resources: `adopted/<CLUSTER_NAME>.yaml`",
    text: "Existing resources that a cluster adopts ([adopt a cluster](operations/adopt-a-cluster.md)). `fleet adopt` writes the file. No layer lies below it.",
  },
  pipelines: {
    title: "Pipelines: `pipelines.yaml`",
    text: "The CI system that runs the fleet, who approves, and who is notified ([pipelines](pipelines/README.md)). No layer lies below it.",
  },
  rollouts: {
    title: "Rollouts: `rollouts.yaml`",
    text: "How changes reach the fleet: waves, freezes and health checks ([rollouts](rollouts/README.md)). No layer lies below it. A directory without this file has no rollouts.",
  },
  defaults: {
    title: "Defaults: `defaults.yaml`",
    text: "The lowest layer: `meta` and `tfvars` of clusters, and the defaults of accounts and service levels.",
  },
};

/** The page `docs/definition-reference.md`, from the schema and the text of `defaults.yaml`. */
export function definitionReference(defaults: string): string {
  return referencePage(INTRODUCTION, YAML.parse(defaults) as Json);
}

/** Returns the same page for a repository that uses the package, with its own addons, stacks and defaults. */
export function ownReference(defaults: Json): string {
  return referencePage(INTRODUCTION.replace(/Generated from.*?not this page\./s, OWN_ORIGIN), defaults);
}

const OWN_ORIGIN =
  "Written by `fleet schema --reference`, with the addons and\nstacks of `extensions/`. Run the command again after a change of them, of `defaults.yaml` or of the version of the program.";

function referencePage(introduction: string, values: Json): string {
  const kinds: readonly FileKind[] = [
    "cluster",
    "account",
    "tier",
    "release",
    "channels",
    "pipelines",
    "exception",
    "rollouts",
    "adopted",
    "defaults",
  ];
  return [introduction, ...kinds.map((kind) => page(kind, values))].join("\n");
}

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
  return [table(rows({ ...schema, properties }, "", ownDefaults(kind, defaults)))];
}

/** Returns `meta`, and a section for each part of `tfvars` and for each addon. */
function clusterSections(schema: Json, defaults: Json): string[] {
  const { meta = {}, tfvars = {} } = propertiesOf(schema);
  const parts = Object.entries(propertiesOf(tfvars as Json)).flatMap(([key, part]) => {
    if (key === "addons") return addonSections(part as Json, defaults);
    const under = LISTS_WITH_DEFAULTS.find(({ list }) => list === key);
    if (under !== undefined) return [itemSection(under, tfvars as Json, defaults)];
    return section(`tfvars.${key}`, part as Json, defaults);
  });
  return [...section("meta", meta as Json, defaults), ...parts];
}

/** Parts with more keys get a heading of their own. */
const MOST_KEYS = 9;

/** Returns a section, and one for each of its keys that has many keys itself. */
function section(path: string, schema: Json, defaults: Json): string[] {
  const all = below(schema, path, defaults);
  const large = Object.entries(propertiesOf(schema))
    .map(([key, child]) => ({ path: `${path}.${key}`, schema: substance(child as Json) }))
    .filter((child) => below(child.schema, child.path, defaults).length > MOST_KEYS);
  const own = all.filter((row) => !large.some((child) => row.path !== child.path && isBelow(row.path, child.path)));
  const linked = own.map((row) => {
    const child = large.find((each) => each.path === row.path);
    return child === undefined ? row : { ...row, type: `[${row.type}](#${anchor(child.path)})` };
  });
  const prefix = prefixOf(path, own);
  return [
    `### ${path}\n\n${opening(schema, path, prefix)}${table(linked, prefix)}`,
    ...large.map((child) => {
      const inner = below(child.schema, child.path, defaults);
      const under = prefixOf(child.path, inner);
      return `#### ${child.path}\n\n${opening(child.schema, child.path, under)}${table(inner, under)}`;
    }),
  ];
}

/** Returns the text above a table. */
function opening(schema: Json, path: string, prefix: string): string {
  const keys =
    prefix === `${path}[].` ? "The keys of each item:" : prefix === `${path}.*.` ? "The keys of each value:" : "";
  return [describe(schema), keys]
    .filter((text) => text !== "")
    .map((text) => `${text}\n\n`)
    .join("");
}

function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}

/** Returns the longest prefix that all keys of a section share: those of a list's items begin after `[]`. */
function prefixOf(path: string, list: readonly Row[]): string {
  return [`${path}[].`, `${path}.*.`, `${path}.`].find((each) => list.every((row) => row.path.startsWith(each))) ?? "";
}

/** GitHub's anchor of a heading that is a path. */
function anchor(path: string): string {
  return path.replaceAll(".", "");
}

/** Returns the section of a list whose items inherit defaults, with the keys that the defaults do not have. */
function itemSection(
  { list, defaults: of }: (typeof LISTS_WITH_DEFAULTS)[number],
  tfvars: Json,
  defaults: Json,
): string {
  const path = `tfvars.${list}`;
  const schema = propertiesOf(tfvars)[list] as Json;
  const inherited = propertiesOf(propertiesOf(tfvars)[of] as Json);
  const items = substance(schema["items"] as Json);
  const own = Object.entries(propertiesOf(items)).filter(([key]) => !Object.hasOwn(inherited, key));
  const same = `Each item has the same keys as [tfvars.${of}](#${anchor(`tfvars.${of}`)}), which contains their defaults, and these:`;
  const keys = rows({ ...items, properties: Object.fromEntries(own) }, `${path}[]`, defaults);
  return `### ${path}\n\n${describe(schema)}\n\n${same}\n\n${table(keys, `${path}[].`)}`;
}

/** Keys that mean the same for every addon: they are shown once. */
const COMMON_KEYS = ["enabled", "values", "further_values", "adopt", "namespace"];

/** Returns the general keys of `addons`, the keys that addons have in common, and a section for the options of each addon. */
function addonSections(schema: Json, defaults: Json): string[] {
  const path = "tfvars.addons";
  const all = Object.entries(propertiesOf(schema) as Readonly<Record<string, Json>>);
  const addons = all.filter(([, addon]) => Object.hasOwn(propertiesOf(addon), "options"));
  const general = all.filter(
    ([key, child]) => !/^Short for /.test(describe(child)) && !addons.some(([name]) => name === key),
  );
  const common = Object.fromEntries(
    COMMON_KEYS.map((key) => [
      key,
      addons.map(([, addon]) => propertiesOf(addon)[key]).find((each) => each !== undefined),
    ]),
  );
  return [
    `### ${path}\n\n${describe(schema)}\n\n${table(rows({ ...schema, properties: Object.fromEntries(general) }, path, defaults), `${path}.`)}`,
    `#### Keys of every addon\n\nAn addon has those of these keys that its section lists, and \`options\`, whose keys its section shows.\n\n${table(
      rows({ properties: common }, `${path}.<addon>`, {}),
      `${path}.<addon>.`,
    )}`,
    ...addons.map(([name, addon]) => addonSection(`${path}.${name}`, name, addon, defaults)),
  ];
}

function addonSection(path: string, name: string, addon: Json, defaults: Json): string {
  const keys = Object.keys(propertiesOf(addon)).filter((key) => COMMON_KEYS.includes(key) && key !== "enabled");
  const enabled = `Keys besides \`options\`: \`enabled\` (default ${code(defaultAt(`${path}.enabled`, defaults))}), ${keys.map(code).join(", ")}.`;
  const options = below(substance(propertiesOf(addon)["options"] as Json), `${path}.options`, defaults);
  const shown = options.length === 0 ? "It has no options.\n" : `Its options:\n\n${table(options, `${path}.options.`)}`;
  return `#### ${name}\n\n${describe(addon)}\n\n${enabled} ${shown}`;
}

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A schema of Kubernetes' OpenAPI document, as far as it is used. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly "x-kubernetes-group-version-kind"?: readonly { group: string; version: string; kind: string }[];
}

const [document = "", api = "", version = "", date = ""] = process.argv.slice(2);
if (!/^v1\.\d+\.\d+$/.test(version) || !/^\d{4}-\d\d-\d\d$/.test(date))
  throw new Error(
    "usage: node launch.mjs aws/refresh/kubernetes-objects.ts swagger.json <folder of k8s.io/api> <version> <today>",
  );

const { definitions } = JSON.parse(readFileSync(document, "utf8")) as {
  readonly definitions: Readonly<Record<string, Schema>>;
};
const PREFIX = "#/definitions/";

/** Types that are values: a quantity, a number or text, a time, and any JSON. */
const VALUES: Readonly<Record<string, string>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "integer or text",
  "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "text",
  "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "text",
};
const SIMPLE: Readonly<Record<string, string>> = {
  string: "text",
  integer: "integer",
  number: "number",
  boolean: "boolean",
};

/** Values of fields, by `apps/v1 DeploymentStrategy.type`: the Go types that are marked as enumerations have constants. */
const values = new Map<string, string>();
for (const group of readdirSync(api, { withFileTypes: true }).filter((each) => each.isDirectory()))
  for (const folder of readdirSync(join(api, group.name))) {
    const file = join(api, group.name, folder, "types.go");
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    const constants = [...text.matchAll(/^[ \t]+\w+[ \t]+(\w+) = "([^"]*)"/gm)];
    const enums = new Map(
      [...text.matchAll(/\/\/ \+enum\n(?:\/\/.*\n)*type (\w+) string/g)].map(([, name = ""]) => [
        name,
        constants.filter(([, type]) => type === name).map(([, , value = ""]) => value),
      ]),
    );
    for (const [, struct = "", body = ""] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm))
      for (const [, list = "", type = "", name = ""] of body.matchAll(
        /^[ \t]+\w+[ \t]+\*?(\[\]|)\*?(\w+)[ \t]+`json:"(\w+)/gm,
      )) {
        const known = enums.get(type)?.filter((value) => value !== "") ?? [];
        if (known.length > 0)
          values.set(`${group.name}/${folder} ${struct}.${name}`, `${list}${known.sort().join("|")}`);
      }
  }

/** Fields that nobody writes. */
const WRITTEN_BY_KUBERNETES: readonly string[] = ["managedFields", "status"];

const shapes: Record<string, Record<string, string>> = {};

/** Returns the type of a field, and describes the types that it contains. */
function typeOf(schema: Schema, known: string | undefined): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(PREFIX.length);
    const value = VALUES[name];
    if (value !== undefined) return value;
    return definitions[name]?.properties === undefined ? "any" : `#${describe(name)}`;
  }
  if (schema.items !== undefined) return `[]${typeOf(schema.items, known?.replace(/^\[\]/, ""))}`;
  if (schema.additionalProperties !== undefined) return `{}${typeOf(schema.additionalProperties, undefined)}`;
  if (schema.type === "string" && known !== undefined) return `text ${known}`;
  return SIMPLE[schema.type ?? ""] ?? "any";
}

const short = (name: string): string => name.split(".").slice(-3).join(".");

function describe(name: string): string {
  const key = short(name);
  if (shapes[key] !== undefined) return key;
  const shape: Record<string, string> = {};
  shapes[key] = shape;
  const { properties = {}, required = [] } = definitions[name] ?? {};
  const [group, folder, struct] = key.split(".");
  for (const [field, schema] of Object.entries(properties))
    shape[required.includes(field) ? `${field}!` : field] = WRITTEN_BY_KUBERNETES.includes(field)
      ? "any"
      : typeOf(schema, values.get(`${group}/${folder} ${struct}.${field}`));
  return key;
}

const kinds: Record<string, string> = {};
for (const [name, { properties, "x-kubernetes-group-version-kind": ids = [] }] of Object.entries(definitions))
  for (const { group, version: of, kind } of ids.slice(0, 1))
    if (properties?.["metadata"]?.$ref?.endsWith(".ObjectMeta"))
      kinds[`${group === "" ? "" : `${group}/`}${of} ${kind}`] = describe(name);

const sorted = (map: Readonly<Record<string, unknown>>): string =>
  Object.keys(map)
    .sort()
    .map((key) => `    ${JSON.stringify(key)}: ${JSON.stringify(map[key])}`)
    .join(",\n");
const source = `Kubernetes ${version}: api/openapi-spec/swagger.json of k8s.io/kubernetes, and the enumerations of k8s.io/api. Apache License 2.0`;
writeFileSync(
  "aws/data/kubernetes-objects.json",
  `{\n  "source": ${JSON.stringify(source)},\n  "date": ${JSON.stringify(date)},\n  "about": "Fields of each kind. ! is required, # another shape, [] a list, {} a map, text A|B one of these texts",\n  "kinds": {\n${sorted(kinds)}\n  },\n  "shapes": {\n${sorted(shapes)}\n  }\n}\n`,
);

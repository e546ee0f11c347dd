import { z } from "zod";
import { SHORTHAND_KEYS, switchedAddon } from "../parse/shorthand";
import { definition, meta, serviceLevels, tfvars } from "./definition";
import { account, accountDefaults, channels, release } from "./platform";

type Json = Record<string, unknown>;

/** The schema of each kind of file. */
const FILES = {
  cluster: definition,
  defaults: z.strictObject({
    meta,
    tfvars,
    account_defaults: accountDefaults.describe("Defaults of account files."),
    sla_profiles: serviceLevels.describe("Settings of each service level."),
  }),
  account: account.extend({ tfvars: tfvars.describe("Inherited by every cluster of the account.") }),
  release: release.extend({ tfvars: tfvars.describe("Inherited by every cluster of the release.") }),
  tier: z.strictObject({ tfvars: tfvars.describe("Inherited by every cluster of the tier.") }),
  channels,
} as const;

export type FileKind = keyof typeof FILES;
export const FILE_KINDS = Object.keys(FILES) as FileKind[];

/** Each shorthand stands for a switch or for one item of a list. */
const SHORTHAND_SCHEMA: Readonly<Record<string, Json>> = {
  instance_type: { type: "string", description: "Short for instance_types with one item." },
};

/**
 * JSON Schema of a kind of file, for completion and checks in editors. Nothing is required in it: a layer says what it wants
 * to, and what is missing after the merge is told by `validate`.
 */
export function jsonSchema(kind: FileKind): Json {
  return addShorthands(asLayer(whole(kind)) as Json);
}

/** The same of what layers make together: it says what is required of that, and takes null only where it is a value. */
export function mergedSchema(kind: FileKind): Json {
  return addShorthands(whole(kind));
}

function whole(kind: FileKind): Json {
  return z.toJSONSchema(FILES[kind], { io: "input", reused: "inline", target: "draft-7" }) as Json;
}

/** The same for a file that is laid over others: nothing is required, and null takes a key of a map away. */
function asLayer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asLayer);
  if (!isJson(value)) return value;
  const required = Array.isArray(value["required"]) ? value["required"] : [];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, child]) => !(key === "required" && Array.isArray(child)))
      .map(([key, child]) => {
        if (key === "additionalProperties" && isJson(child)) return [key, orNull(child)];
        if (key === "properties" && isJson(child)) return [key, optionalOrNull(child, required)];
        return [key, asLayer(child)];
      }),
  );
}

function optionalOrNull(properties: Json, required: readonly unknown[]): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([key, child]) => [key, required.includes(key) ? asLayer(child) : orNull(child)]),
  );
}

function orNull(schema: unknown): Json {
  return { anyOf: [asLayer(schema), { type: "null" }] };
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function addShorthands(schema: Json): Json {
  for (const [path, keys] of Object.entries(SHORTHAND_KEYS)) {
    const target = path.split(".").reduce<Json | undefined>(step, schema);
    const properties = target?.["properties"] as Json | undefined;
    if (properties === undefined) continue;
    for (const key of keys)
      properties[key] = SHORTHAND_SCHEMA[key] ?? {
        type: "boolean",
        description: `Short for \`enabled\` of the addon ${switchedAddon(path, key)}.`,
      };
  }
  return schema;
}

function step(schema: Json | undefined, key: string): Json | undefined {
  if (key === "*") return schema?.["items"] as Json | undefined;
  return (schema?.["properties"] as Json | undefined)?.[key] as Json | undefined;
}

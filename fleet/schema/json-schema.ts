import { z } from "zod";
import { SHORTHAND_KEYS, switchedAddon } from "../parse/shorthand";
import { account, accountDefaults } from "./accounts/account";
import { defaultAt } from "./default-at";
import { definition, meta, serviceLevels, tfvars } from "./definition";
import { adopted } from "./files/adopted";
import { guardException } from "./guard";
import { layerSchema } from "./layer-schema";
import { namesAt, releaseNames } from "./names-schema";
import { pipelines } from "./pipelines";
import { channels, tier } from "./platform";
import { release } from "./releases/release";
import { rollouts } from "./rollouts/rollouts";

type Json = Record<string, unknown>;

/** The schema of each kind of file. */
const FILES = {
  cluster: definition,
  defaults: z.strictObject({
    meta: meta.describe("Inherited by every cluster."),
    tfvars: tfvars.describe("Inherited by every cluster."),
    account_defaults: accountDefaults.describe("Defaults of account files."),
    tier_defaults: tier.describe("Defaults of tier files."),
    sla_profiles: serviceLevels.describe("Settings of each service level."),
  }),
  account: account.extend({ tfvars: tfvars.describe("Inherited by every cluster of the account.") }),
  release: release.extend({ tfvars: tfvars.describe("Inherited by every cluster of the release.") }),
  tier: tier.extend({ tfvars: tfvars.describe("Inherited by every cluster of the tier.") }),
  channels,
  exception: guardException,
  adopted,
  pipelines,
  rollouts,
} as const;

export type FileKind = keyof typeof FILES;
export const FILE_KINDS = Object.keys(FILES) as FileKind[];

const INSTANCE_TYPE = "tfvars.workers[].instance_types[]";

/** Each shorthand stands for a switch or for one item of a list. */
const SHORTHAND_SCHEMA: Readonly<Record<string, Json>> = {
  instance_type: { description: "Short for instance_types with one item.", type: "string", ...namesAt(INSTANCE_TYPE) },
};

/**
 * Returns the JSON Schema of a kind of file, for completion and checks in editors. A cluster's file names its cluster; nothing else
 * is required of a file, because layers complete each other. `tfvars` is written once, in the schema of clusters.
 */
export function jsonSchema(kind: FileKind, defaults: Json): Json {
  if (kind === "exception" || kind === "pipelines" || kind === "rollouts" || kind === "adopted") return whole(kind); // no layer completes it
  const schema = addShorthands(layerSchema(whole(kind), ownDefaults(kind, defaults)), defaults);
  const { tfvars, ...properties } = schema["properties"] === undefined ? {} : (schema["properties"] as Json);
  if (kind === "cluster")
    return {
      ...schema,
      required: ["meta"],
      properties: { ...properties, meta: ofCluster(properties["meta"] as Json), tfvars },
    };
  if (kind === "channels") return { ...schema, additionalProperties: { anyOf: [releaseNames(), channelSchema()] } };
  return {
    ...schema,
    properties: {
      ...properties,
      ...(kind === "release" && { platforms: platformSchemas(properties["platforms"] as Json) }),
      tfvars: inherited(String((tfvars as Json)["description"])),
    },
  };
}

function inherited(description: string): Json {
  return { description, allOf: [{ $ref: CLUSTER_TFVARS }] };
}

function channelSchema(): Json {
  const properties = {
    release: { description: "The release of the channel.", ...releaseNames() },
    tfvars: inherited("Inherited by every cluster of the channel."),
  };
  return { type: "object", required: ["release"], properties, additionalProperties: false };
}

function platformSchemas({ description }: Json): Json {
  const properties = { tfvars: inherited("Inherited by every cluster with the platform.") };
  return {
    description,
    type: "object",
    additionalProperties: { type: "object", properties, additionalProperties: false },
  };
}

const CLUSTER_TFVARS = "cluster.schema.json#/properties/tfvars";

function ofCluster(meta: Json): Json {
  return { ...meta, required: ["CLUSTER_NAME"] };
}

/** Returns the content of `defaults.yaml` by the paths of a kind of file. */
export function ownDefaults(kind: FileKind, defaults: Json): Json {
  if (kind === "account" || kind === "tier") return defaults[`${kind}_defaults`] as Json;
  return defaults;
}

/** The same for the merged layers: it contains the required keys, and accepts null only where it is a value. */
export function mergedSchema(kind: FileKind): Json {
  return addShorthands(whole(kind));
}

/** Returns the schema by which the program parses a kind of file. */
export function parserOf(kind: FileKind): z.ZodType {
  return FILES[kind];
}

/** Returns the schema of a kind of file, of `tfvars` only the description except for a cluster's file: the others repeat all of it. */
function whole(kind: FileKind): Json {
  const schema: z.ZodType = FILES[kind];
  const tfvars = schema instanceof z.ZodObject ? (schema.shape["tfvars"] as z.ZodType | undefined) : undefined;
  if (kind === "cluster" || tfvars === undefined) return converted(schema);
  return converted((schema as z.ZodObject).extend({ tfvars: z.unknown().describe(tfvars.description ?? "") }));
}

function converted(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: "input", reused: "inline", target: "draft-7" }) as Json;
}

function addShorthands(schema: Json, defaults: Json = {}): Json {
  for (const [path, keys] of Object.entries(SHORTHAND_KEYS)) {
    const target = path.split(".").reduce<Json | undefined>(step, schema);
    const properties = target?.["properties"] as Json | undefined;
    if (properties === undefined) continue;
    for (const key of keys) properties[key] = SHORTHAND_SCHEMA[key] ?? switchSchema(switchedAddon(path, key), defaults);
  }
  return schema;
}

function switchSchema(addon: string | undefined, defaults: Json): Json {
  const enabled = defaultAt(`tfvars.addons.${addon}.enabled`, defaults);
  const description = `Short for \`enabled\` of the addon ${addon}.`;
  if (enabled === undefined) return { type: "boolean", description };
  return { type: "boolean", description: `${description} Default: ${enabled}.`, default: enabled };
}

function step(schema: Json | undefined, key: string): Json | undefined {
  if (key === "*") return schema?.["items"] as Json | undefined;
  return (schema?.["properties"] as Json | undefined)?.[key] as Json | undefined;
}

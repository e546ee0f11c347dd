import { instanceTypes } from "../../aws/instance-types";

type Json = Record<string, unknown>;

/** The names that a directory of definitions offers to its files. */
export interface KnownNames {
  readonly accounts: readonly string[];
  readonly tiers: readonly string[];
  readonly releases: readonly string[];
  readonly channels: readonly string[];
  readonly regions: readonly string[];
}

/** The generated file that lists the names. Apart from the schemas, because a new account changes it and nothing else. */
export const NAMES_FILE = "names.schema.json";

/** The keys that accept names from a list only. */
const NAMES_AT: Readonly<Record<string, string>> = {
  "meta.ACCOUNT": "accounts",
  "meta.TIER": "tiers",
  "meta.RELEASE_MODEL": "release_models",
  "tfvars.common.aws_region": "regions",
  "tfvars.workers[].instance_types[]": "instance_types",
  "tfvars.worker_defaults.instance_types[]": "instance_types",
};

/** Returns a reference to the names that a key accepts, or undefined for other keys. */
export function namesAt(path: string): Json | undefined {
  const list = NAMES_AT[path];
  return list === undefined ? undefined : namesIn(list);
}

/** Returns a reference to the releases, which channels name. */
export function releaseNames(): Json {
  return namesIn("releases");
}

function namesIn(list: string): Json {
  return { allOf: [{ $ref: `${NAMES_FILE}#/definitions/${list}` }] };
}

/** Returns the JSON Schema of the names. AWS adds instance types every month, so those in the list are only suggestions. */
export function namesSchema({ accounts, tiers, releases, channels, regions }: KnownNames): Json {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    definitions: {
      accounts: oneOf(accounts),
      tiers: oneOf(tiers),
      releases: oneOf(releases),
      release_models: oneOf([...channels, ...releases]),
      regions: oneOf(regions),
      instance_types: {
        type: "string",
        anyOf: [{ enum: instanceTypes() }, { pattern: "^[a-z][a-z0-9-]*\\.[a-z0-9-]+$" }],
      },
    },
  };
}

function oneOf(names: readonly string[]): Json {
  return names.length === 0 ? { type: "string" } : { type: "string", enum: names };
}

import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes the keys of eksctl's ClusterConfig, with their types, from the JSON Schema in a checkout of eksctl:
 *
 *     node launch.mjs operations/import/eksctl/refresh/main.ts <checkout>/pkg/apis/eksctl.io/v1alpha5/assets/schema.json <commit>
 *
 * Descriptions and examples are left out. What eksctl's own code accepts beyond its schema is added here.
 */

type Json = Readonly<Record<string, unknown>>;

const KEPT = ["type", "enum", "required", "items", "additionalProperties", "properties", "$ref"];
const FILE = "operations/import/eksctl/data/cluster-config.json";

const [file = "", commit = ""] = process.argv.slice(2);
const { definitions } = JSON.parse(readFileSync(file, "utf8")) as { definitions: Readonly<Record<string, Json>> };

/** Names contain characters that a reference cannot. */
const plainName = (name: string): string => name.split(/[.|/]/).at(-1) ?? name;

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => KEPT.includes(key));
  const typed = "properties" in value && !("type" in value) ? { type: "object" } : {};
  const kept = Object.fromEntries(
    entries.map(([key, child]) => {
      if (key === "$ref") return [key, `#/$defs/${plainName(String(child).replace("#/definitions/", ""))}`];
      if (key !== "properties") return [key, shortened(child)];
      return [key, Object.fromEntries(Object.entries(child as Json).map(([name, each]) => [name, shortened(each)]))];
    }),
  );
  return { ...typed, ...kept };
}

const text = { type: "string" };
const defs: Record<string, unknown> = Object.fromEntries(
  Object.entries(definitions).map(([name, definition]) => [plainName(name), shortened(definition)]),
);
// The schema refers from one name to another with the same last word.
defs["ARN"] = text;
const { properties } = defs["OIDCIdentityProvider"] as { properties: Json };
defs["IdentityProvider"] = {
  ...(defs["OIDCIdentityProvider"] as Json),
  properties: { type: { type: "string", enum: ["oidc"] }, ...properties },
  required: ["type", "name", "issuerURL", "clientID"],
};
delete defs["OIDCIdentityProvider"];
// eksctl also reads the older form, a map from keys to `value:Effect`, and accepts remote networks without a gateway.
defs["taintsWrapper"] = {
  anyOf: [
    { type: "array", items: { $ref: "#/$defs/NodeGroupTaint" } },
    { type: "object", additionalProperties: text },
  ],
};
defs["RemoteNetworkConfig"] = { ...(defs["RemoteNetworkConfig"] as Json), required: ["remoteNodeNetworks"] };

/** A schema without references: every definition is finite. */
function inlined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inlined);
  if (typeof value !== "object" || value === null) return value;
  const reference = (value as Json)["$ref"];
  if (typeof reference === "string") return inlined(defs[reference.replace("#/$defs/", "")]);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inlined(child)]));
}

const data = {
  source: "https://github.com/eksctl-io/eksctl/blob/main/pkg/apis/eksctl.io/v1alpha5/assets/schema.json",
  license: "Apache-2.0",
  commit,
  schema: inlined(defs["ClusterConfig"]),
};
writeFileSync(FILE, `${JSON.stringify(data, null, 1)}\n`);

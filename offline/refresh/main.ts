import { readFileSync, writeFileSync } from "node:fs";
import { type Facts, refreshed, type SchemaBlock } from "./provider-facts";

/** Merges an answer of `terraform providers schema -json` into the data of the real provider: see docs/offline-providers.md. */
const FILE = "offline/overlay/data/aws-provider.json";
const [answer, release, ...types] = process.argv.slice(2);
if (answer === undefined || release === undefined) throw new Error("name the file with the answer, and the release");

const { provider_schemas } = JSON.parse(readFileSync(answer, "utf8")) as {
  provider_schemas: Record<string, { resource_schemas: Record<string, { block: SchemaBlock }> }>;
};
// Terraform and OpenTofu name their own registry.
const [, aws] = Object.entries(provider_schemas).find(([name]) => name.endsWith("/hashicorp/aws")) ?? [];
if (aws === undefined) throw new Error(`${answer} does not have the provider hashicorp/aws`);
const schemas = aws.resource_schemas;
const before = JSON.parse(readFileSync(FILE, "utf8")) as { flags: string; types: Record<string, Facts> };
const after: Record<string, Facts> = {};
for (const type of [...new Set([...Object.keys(before.types), ...types])].sort()) {
  const schema = schemas[type];
  if (schema === undefined) throw new Error(`${answer} does not have the type ${type}`);
  const { facts, added, removed } = refreshed(before.types[type] ?? {}, schema.block);
  after[type] = facts;
  for (const path of removed) console.log(`${type}.${path} is gone`);
  for (const path of added)
    console.log(`${type}.${path} is new: add F, and its default, if the provider's code has them`);
}
const source = `hashicorp/terraform-provider-aws ${release}: its schema; replacements and defaults are from the code of the release in which they were added`;
const date = new Date().toISOString().slice(0, 10);
const text = JSON.stringify({ source, date, flags: before.flags, types: after }, null, 2);
writeFileSync(FILE, `${text.replace(/\[\s+("\w+"),\s+(.+)\s+\]/g, "[$1, $2]")}\n`); // [flags, default] in one line

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FILE_KINDS, jsonSchema } from "../fleet/schema/json-schema";
import { definitionReference } from "./reference";

/** What is made from the schema and committed: path -> text. A test fails when a committed file is not what this gives. */
export function generatedFiles(root: string): ReadonlyMap<string, string> {
  const defaults = readFileSync(join(root, "definitions/defaults.yaml"), "utf8");
  return new Map([
    ...FILE_KINDS.map(
      (kind) => [`definitions/schema/${kind}.schema.json`, `${JSON.stringify(jsonSchema(kind), null, 2)}\n`] as const,
    ),
    ["docs/definition-reference.md", definitionReference(defaults)],
  ]);
}

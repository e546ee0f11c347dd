import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FILE_KINDS, jsonSchema } from "../fleet/schema/json-schema";
import { definitionReference } from "./reference";

/** Returns the committed files that are generated from the schema: path -> text. A test compares them with the committed ones. */
export function generatedFiles(root: string): ReadonlyMap<string, string> {
  const defaults = readFileSync(join(root, "definitions/defaults.yaml"), "utf8");
  return new Map([
    ...FILE_KINDS.map(
      (kind) => [`definitions/schema/${kind}.schema.json`, `${JSON.stringify(jsonSchema(kind), null, 2)}\n`] as const,
    ),
    ["docs/definition-reference.md", definitionReference(defaults)],
  ]);
}

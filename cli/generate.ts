import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FILE_KINDS, jsonSchema } from "../fleet/schema/json-schema";
import { withOtherToolsTables } from "./other-tools-tables";
import { definitionReference } from "./reference";

/** Returns the committed files that are generated, whole or in part: path -> text. A test compares them with the committed ones. */
export function generatedFiles(root: string): ReadonlyMap<string, string> {
  const defaults = readFileSync(join(root, "definitions/defaults.yaml"), "utf8");
  return new Map([
    ...FILE_KINDS.map(
      (kind) => [`definitions/schema/${kind}.schema.json`, `${JSON.stringify(jsonSchema(kind), null, 2)}\n`] as const,
    ),
    ["docs/definition-reference.md", definitionReference(defaults)],
    ["docs/coming-from.md", withOtherToolsTables(readFileSync(join(root, "docs/coming-from.md"), "utf8"))],
  ]);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { extensionVersions, ownAddonNames } from "../fleet/read/extension-versions";
import { DefinitionFiles } from "../fleet/read/files";
import { knownNames } from "../fleet/read/known-names";
import { Layers } from "../fleet/read/layers";
import { FILE_KINDS, jsonSchema } from "../fleet/schema/json-schema";
import { NAMES_FILE, namesSchema } from "../fleet/schema/names-schema";
import { plainValue } from "../language/yaml/plain-tree";
import { listRules } from "../operations/guard/list-rules";
import { answerFiles } from "./answer-schema";
import { withGuardRules } from "./guard-rules-table";
import { withOtherToolsTables } from "./other-tools-tables";
import { definitionReference, ownReference } from "./reference";

type Json = Record<string, unknown>;
type Files = ReadonlyMap<string, string>;

/** Returns the committed files that `make generate` writes, whole or in part: path -> text. */
export function generatedFiles(root: string): Files {
  const definitions = join(root, "definitions");
  return new Map([
    ...schemaFiles("definitions", definitions, definitions),
    ["docs/definition-reference.md", definitionReference(readFileSync(join(definitions, "defaults.yaml"), "utf8"))],
    ...answerFiles(),
    ["docs/guard.md", withGuardRules(readFileSync(join(root, "docs/guard.md"), "utf8"), listRules())],
    ["docs/coming-from.md", withOtherToolsTables(readFileSync(join(root, "docs/coming-from.md"), "utf8"))],
  ]);
}

/** Returns the reference of every key that a directory of definitions can have, with its own defaults. */
export function referenceText(directory: string, shipped: string): string {
  return ownReference(plainValue(new Layers(new DefinitionFiles(directory, shipped)).defaults) as Json);
}

/** Returns the JSON Schemas for editors of a directory of definitions, with the names in that directory: path below `target` -> text. */
export function schemaFiles(target: string, directory: string, shipped: string): Files {
  const layers = new Layers(new DefinitionFiles(directory, shipped));
  const defaults = plainValue(layers.defaults) as Json;
  return new Map(
    [
      ...FILE_KINDS.map((kind) => [`${kind}.schema.json`, jsonSchema(kind, defaults)] as const),
      [NAMES_FILE, namesSchema(knownNames(layers))] as const,
      ...(ownAddonNames.length === 0
        ? []
        : [["extensions.schema.json", z.toJSONSchema(extensionVersions, { target: "draft-7" })] as const]),
    ].map(([file, schema]) => [join(target, "schema", file), `${JSON.stringify(schema, null, 2)}\n`]),
  );
}

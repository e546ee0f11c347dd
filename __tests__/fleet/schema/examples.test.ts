import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { parse } from "yaml";
import type { z } from "zod";
import { schemaFiles } from "../../../cli/generate";
import { childSchema } from "../../../fleet/parse/introspect";
import { PATHS_WITH_EXAMPLES } from "../../../fleet/schema/examples";
import { FILE_KINDS, type FileKind, jsonSchema, parserOf } from "../../../fleet/schema/json-schema";
import { oneOfEvery } from "../../support/jest/cases";

type Json = Record<string, unknown>;

/** A key with examples: its place in a kind of file, the schema of editors, and the one of the program. */
interface Key {
  readonly path: string;
  readonly schema: Json;
  /** Definitions that `$ref` names. */
  readonly definitions: unknown;
  readonly parser: z.ZodType;
}

const defaults = parse(readFileSync("definitions/defaults.yaml", "utf8")) as Json;

function keysIn(kind: FileKind): Key[] {
  const found: Key[] = [];
  const root = jsonSchema(kind, defaults);
  const { definitions } = root;
  const visit = (schema: Json, parser: z.ZodType | undefined, path: string): void => {
    if (parser === undefined) return;
    if (schema["examples"] !== undefined) found.push({ path, schema, definitions, parser });
    for (const alternative of (schema["anyOf"] ?? []) as Json[]) visit(alternative, parser, path);
    for (const [key, child] of Object.entries((schema["properties"] ?? {}) as Json))
      visit(child as Json, childSchema(parser, key), path === "" ? key : `${path}.${key}`);
    if (schema["items"] !== undefined) visit(schema["items"] as Json, childSchema(parser, 0), `${path}[]`);
    const values = schema["additionalProperties"];
    if (typeof values === "object") visit(values as Json, childSchema(parser, "any"), `${path}.*`);
  };
  visit(root, parserOf(kind), "");
  return found;
}

/** True if an editor shows what to write: an example, a list of values, or a default other than nothing. */
function hasValue(schema: Json): boolean {
  return schema["examples"] !== undefined || ((schema["default"] ?? "") !== "" && schema["default"] !== undefined);
}

const KEYS = FILE_KINDS.flatMap(keysIn);

describe("examples of keys", () => {
  test("are accepted by the program", () => {
    const refused = KEYS.flatMap(({ path, schema, parser }) =>
      (schema["examples"] as unknown[]).flatMap((example) => {
        const { error } = parser.safeParse(example);
        return error === undefined ? [] : [`${path} ${JSON.stringify(example)}: ${error.message}`];
      }),
    );

    expect(refused).toEqual([]);
  });

  test("are valid in the schema of editors", () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, code: { optimize: false } });
    ajv.addSchema(
      JSON.parse(schemaFiles(".", "definitions", "definitions").get("schema/names.schema.json") ?? ""),
      "names.schema.json",
    );
    const compiled = new Set<string>();
    const refused = oneOfEvery(30, KEYS).flatMap(({ path, schema, definitions }) => {
      const text = JSON.stringify({ ...schema, description: "", default: null });
      if (compiled.has(text)) return [];
      compiled.add(text);
      const validate = ajv.compile({ ...schema, definitions });
      return (schema["examples"] as unknown[])
        .filter((example) => !validate(example))
        .map((example) => `${path} ${JSON.stringify(example)}: ${ajv.errorsText(validate.errors)}`);
    });

    expect(refused).toEqual([]);
  });

  test("belong to keys that exist", () => {
    const paths = new Set(KEYS.map(({ path }) => path));

    expect(PATHS_WITH_EXAMPLES.filter((path) => !paths.has(path))).toEqual([]);
  });

  test("show what to write in place of a map, a list of maps, or a name", () => {
    const examplesOf = (path: string): unknown => KEYS.find((key) => key.path === path)?.schema["examples"];

    expect({
      taints: examplesOf("tfvars.worker_defaults.taints"),
      names: examplesOf("tfvars.workers[].name"),
      ranges: examplesOf("tfvars.networking.secondary_cidr_blocks"),
      zone: examplesOf("tfvars.workers[].scheduled_scaling[].time_zone"),
    }).toEqual({
      taints: [[{ key: "dedicated", value: "search", effect: "NoSchedule" }]],
      names: ["general", "gpu"],
      ranges: [["100.64.0.0/16"]],
      zone: ["Europe/Berlin", "Etc/UTC"],
    });
  });

  test("exist for each key whose text must have a form, unless its default shows one", () => {
    const bare: string[] = [];
    const visit = (schema: Json, path: string): void => {
      const alternatives = [schema, ...((schema["anyOf"] ?? []) as Json[])];
      if (alternatives.some(({ pattern }) => pattern !== undefined) && !hasValue(schema)) bare.push(path);
      for (const alternative of alternatives) {
        for (const [key, child] of Object.entries((alternative["properties"] ?? {}) as Json))
          visit(child as Json, path === "" ? key : `${path}.${key}`);
        if (alternative["items"] !== undefined && !hasValue(schema)) visit(alternative["items"] as Json, `${path}[]`);
      }
    };
    visit(jsonSchema("cluster", defaults), "");

    expect([...new Set(bare)]).toEqual([]);
  });
});

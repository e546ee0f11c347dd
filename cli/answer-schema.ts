import { z } from "zod";
import { breakingChanges } from "./additive-change";
import { ANSWERS } from "./answers";

type Json = Record<string, unknown>;

/** Returns the path of the JSON Schema of a command's answer. */
export function answerFile(command: string): string {
  return `cli/schema/${command.replace(" ", "/")}.schema.json`;
}

/**
 * Returns the JSON Schema of a command's answer. Readers must ignore unknown properties, so the published schema allows additional ones.
 * Tests use the strict schema.
 */
export function answerSchema(command: string, { strict = false } = {}): Json {
  const schema = ANSWERS[command];
  if (schema === undefined) throw new TypeError(`${command} has no answer`);
  const json = z.toJSONSchema(schema, {
    target: "draft-7",
    reused: "inline",
    override: ({ jsonSchema: node }) => {
      if (!strict && node.additionalProperties === false) delete node.additionalProperties;
      // These limits come from JavaScript's safe integers, not from the answer.
      if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
      if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
    },
  });
  const { $schema, ...rest } = json as Json;
  return { $schema, title: `The answer of fleet ${command} --json`, ...rest };
}

/** Returns the JSON Schemas of all answers: path -> text. */
export function answerFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.keys(ANSWERS).map((command) => [answerFile(command), `${JSON.stringify(answerSchema(command), null, 2)}\n`]),
  );
}

/**
 * Returns a message for each answer whose change would break its readers although its version stays the same.
 *
 * @param published returns the text of a schema as it is now; undefined if there is none
 */
export function brokenAnswers(published: (file: string) => string | undefined): string[] {
  return Object.keys(ANSWERS).flatMap((command) => {
    const file = answerFile(command);
    const text = published(file);
    if (text === undefined) return [];
    const [before, after] = [JSON.parse(text) as Json, answerSchema(command)];
    if (versionOf(after) > versionOf(before)) return [];
    const changes = breakingChanges(before, after);
    if (changes.length === 0) return [];
    return [`${file} would break its readers: ${changes.join(", ")}. Keep the property, or raise the answer's version`];
  });
}

function versionOf(schema: Json): number {
  const [form] = (schema["oneOf"] ?? schema["anyOf"] ?? [schema]) as readonly [Json];
  const version = (form["properties"] as Json | undefined)?.["version"] as Json | undefined;
  return Number(version?.["const"] ?? 0);
}

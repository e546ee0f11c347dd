import { z } from "zod";
import { breakingChanges } from "../../cli/additive-change";

/** The changes that readers of an answer would notice. */
function changes(before: z.ZodType, after: z.ZodType): string[] {
  const [old, now] = [before, after].map((schema) => z.toJSONSchema(schema, { target: "draft-7" }));
  return breakingChanges(old ?? {}, now ?? {});
}

const object = z.object;
const text = z.string();

test.each<[string, z.ZodType, z.ZodType]>([
  ["a new property", object({ a: text }), object({ a: text, b: text })],
  ["an optional property that is always there", object({ a: text.optional() }), object({ a: text })],
  ["a new value of an enumeration", z.enum(["a"]), z.enum(["a", "b"])],
  ["a number that is always whole", z.number(), z.int()],
  ["a value that is never null", text.nullable(), text],
  ["a new property of a list's items", z.array(object({})), z.array(object({ a: text }))],
  [
    "a new kind of map",
    z.union([object({ a: z.literal(1) })]),
    z.union([object({ a: z.literal(1) }), object({ b: text })]),
  ],
  ["an exact description of what was anything", z.unknown(), text],
])("%s is an addition", (_, before, after) => {
  expect(changes(before, after)).toEqual([]);
});

test.each<[string, z.ZodType, z.ZodType]>([
  ["the answer.a disappears", object({ a: text }), object({})],
  ["the answer.a can be absent", object({ a: text }), object({ a: text.optional() })],
  ["the answer.a was string and becomes number", object({ a: text }), object({ a: z.number() })],
  ["the answer was string and becomes string or null", text, text.nullable()],
  ["the answer was integer and becomes number", z.int(), z.number()],
  ["the answer was string and becomes anything", text, z.unknown()],
  ['the answer loses the value "b"', z.enum(["a", "b"]), z.enum(["a"])],
  ["the answer can have any value", z.enum(["a"]), text],
  ["the answer[].a disappears", z.array(object({ a: text })), z.array(object({}))],
  ["the answer.* was string and becomes number", z.record(text, text), z.record(text, z.number())],
  ["the answer.* was string and becomes anything", z.record(text, text), z.looseObject({})],
  ["the answer loses a form", z.union([object({ a: text }), object({ b: text })]), z.union([object({ a: text })])],
  ["the answer can have another type", z.union([object({ a: text })]), z.union([object({ a: text }), text])],
])("%s, which is no addition", (message, before, after) => {
  expect(changes(before, after)).toEqual([message]);
});

import { z } from "zod";
import { likeliest } from "../suggest";

/**
 * Returns a schema of text whose message is `must be <what>`: zod reports only "Invalid string" for a pattern. The message, the JSON
 * Schema and the reference show the examples.
 */
export function text(pattern: RegExp, what: string, ...examples: readonly string[]) {
  const message = `must be ${what}${examples.length === 0 ? "" : `, such as ${anyOf(examples)}`}`;
  const schema = z
    .string()
    .refine((value) => value.length <= LONGEST, { abort: true, message: `must have at most ${LONGEST} characters` })
    .regex(pattern, message);
  return examples.length === 0 ? schema : schema.meta({ examples: [...examples] });
}

/** Returns a list such as "a, b or c". `Intl.ListFormat` writes the same, and takes 50 ms of each start to load its languages. */
function anyOf(items: readonly string[]): string {
  const last = items.length - 1;
  return items.length < 2 ? items.join("") : `${items.slice(0, last).join(", ")} or ${items[last]}`;
}

/** Far longer than any word. The time of some patterns grows with the square of the length. */
const LONGEST = 10_000;

/** True unless every JavaScript object has the name, such as `constructor`: constructs treat it as an id that is in use. */
export function isNoInheritedName(name: string): boolean {
  return !(name in Object.prototype);
}

export const NO_INHERITED_NAME = "must not be a name that every JavaScript object has. Choose another name";

/** Returns a schema of one word out of a long list; its message names the likeliest word instead of all. */
export const oneOfMany = <const Words extends readonly [string, ...string[]]>(words: Words, what: string) =>
  z.enum(words, {
    error: ({ input }) =>
      `must be ${what}, such as ${(typeof input === "string" ? likeliest(input, words) : undefined) ?? words[0]}`,
  });

/** One word that goes into Terraform unchanged, such as a chart's name. */
export const plainWord = text(/^[A-Za-z0-9][\w.:/@+-]*$/, "one word of letters, digits and any of ._:/@+-");

/** The first half of a hash, as the guard prints it for a change. */
export const changeHash = text(
  /^[0-9a-f]{16}$/,
  "the 16 characters that fleet guard prints for the change",
  "0a1b2c3d4e5f6a7b",
);

/** Text that goes into a chart unchanged. */
export const plainText = z
  .string()
  .min(1)
  .refine((value) => !value.includes("${"), "must not contain ${, because Terraform would evaluate it");

/** Raw Helm or add-on values: any YAML. */
export const rawValues = z.record(z.string(), z.json());

import { z } from "zod";
import { descend, type Path, type Tree } from "../../language/yaml/tree";
import { innermost, takesNull } from "./introspect";

/** Keys whose values are never shown, because the value may be a secret. */
const UNSHOWN = /(?:password|secret|token|key)$/i;

/** Returns the rule that the issue breaks, in words. */
export function rule(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return issue.message.startsWith("must") || issue.values.length > 40
        ? issue.message
        : `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(shown).join(", ")}`;
    case "too_small":
      return `must ${measure(issue.origin, "at least", Number(issue.minimum), issue.inclusive === false)}`;
    case "too_big":
      return `must ${measure(issue.origin, "at most", Number(issue.maximum), issue.inclusive === false)}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? issue.message;
    default:
      return issue.message;
  }
}

/** Returns the same with what the schema of the value adds: the bounds of a number, and null. */
export function ruleOf(schema: z.ZodType | undefined, issue: z.core.$ZodIssue): string {
  if (schema === undefined || (issue.code !== "invalid_type" && issue.code !== "invalid_value")) return rule(issue);
  const orNull = takesNull(schema) ? " or null" : "";
  if (issue.code === "invalid_value") return issue.values.length > 40 ? rule(issue) : `${rule(issue)}${orNull}`;
  const inner = innermost(schema);
  const isNumber = issue.expected === "number" || issue.expected === "int";
  if (issue.expected === "boolean" && orNull !== "") return "must be true, false or null";
  return `${isNumber && inner instanceof z.ZodNumber ? `must be ${numberOf(inner)}` : rule(issue)}${orNull}`;
}

function numberOf({ isInt, maxValue, minValue }: z.ZodNumber): string {
  const bound = (value: number | null): number | undefined =>
    value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
  if (!isInt) return "a number";
  const [least, most] = [bound(minValue), bound(maxValue)];
  const from = least === undefined ? "" : ` from ${least}`;
  const to = most === undefined ? "" : least === undefined ? ` up to ${most}` : ` to ${most}`;
  return `a whole number${from}${to}`;
}

/** Formats of zod that bring no message of their own. */
const FORMATS: Readonly<Record<string, string>> = {
  email: "must be an e-mail address, such as team@example.com",
  date: "must be a date, such as 2026-12-31",
  url: "must be an address, such as https://example.com/",
};

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a map of keys",
  record: "a map of keys",
  string: "text",
};

function measure(origin: string, bound: string, limit: number, exclusive: boolean): string {
  if (origin === "string") return `have ${bound} ${limit} ${limit === 1 ? "character" : "characters"}`;
  if (origin === "array") return `have ${bound} ${limit} ${limit === 1 ? "item" : "items"}`;
  if (exclusive) return `be ${bound === "at least" ? "more than" : "less than"} ${limit}`;
  return `be ${bound} ${limit}`;
}

const shown = (value: unknown): string => (typeof value === "string" ? value || '""' : String(value));

/** `, got …`: the characters in the file, or the kind of a larger value. */
export function found(root: Tree, path: Path): string {
  const { tree } = descend(root, path);
  if (tree.kind !== "scalar") return `, got a ${tree.kind}`;
  if (UNSHOWN.test(String(path.at(-1)))) return "";
  if (tree.value === null) return ", got nothing";
  return `, got ${typeof tree.value === "string" ? quoted(tree.text) : cut(tree.text)}`;
}

/** Returns the number of items of a list or a map for a message about its size. */
export function sizeFound(root: Tree, path: Path): string {
  const { tree } = descend(root, path);
  if (tree.kind === "map") return `, got ${tree.entries.size}`;
  if (tree.kind !== "list") return found(root, path);
  const { length } = tree.items;
  return `, got ${length === 0 ? "none" : `${length} ${length === 1 ? "item" : "items"}`}`;
}

/** Inserts the found value after the first sentence of a message: what follows is advice. */
export function withFound(message: string, got: string): string {
  const [wrong = "", ...advice] = message.split(". ");
  return [`${wrong}${got}`, ...advice].join(". ");
}

export function quoted(text: string): string {
  return JSON.stringify(cut(text));
}

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

const EMPTY: Readonly<Record<string, string>> = { object: "{}", record: "{}", array: "[]" };

/** YAML 1.2 reads digits as a number and yes, no, on and off as text; each has its way out. */
export function hintFor(root: Tree, path: Path, expected: string): string {
  const { tree } = descend(root, path);
  if (tree.kind !== "scalar") return "";
  if (tree.value === null && tree.overrode !== undefined) {
    const instead = EMPTY[expected] ?? "a value";
    return `, which removes the value of the layers below. Remove this line, or write ${instead}`;
  }
  if (expected === "string" && typeof tree.value !== "string" && tree.value !== null) {
    return `, which YAML reads as ${typeof tree.value === "boolean" ? "true or false" : "a number"}. Write "${tree.text}" in quotes`;
  }
  if (expected === "boolean" && typeof tree.value === "string") {
    const word = tree.text.toLowerCase();
    if (["yes", "on", "y", "true"].includes(word)) return ", which YAML reads as text. Write true";
    if (["no", "off", "n", "false"].includes(word)) return ", which YAML reads as text. Write false";
  }
  if (
    (expected === "number" || expected === "int") &&
    typeof tree.value === "string" &&
    /^-?\d+(?:\.\d+)?$/.test(tree.text)
  ) {
    return `, which YAML reads as text. Write ${tree.text} without quotes`;
  }
  return "";
}

import type { z } from "zod";
import type { Problem } from "../problem";
import { SHORTHAND_KEYS } from "../shorthand";
import { didYouMean, listed } from "../suggest";
import { descend, formatPath, type Path, placeOf, type Tree } from "../yaml/tree";
import { knownKeys, schemaAt } from "./introspect";

type Issue = z.core.$ZodIssue;

/** Keys whose values are never shown: what is wrong with them may be that they hold a secret. */
const UNSHOWN = /(?:password|secret|token|key)$/i;

/** Says zod's issues in the words of the file: every issue with its place, what was found and what is allowed. */
export function schemaProblems(root: Tree, schema: z.ZodType, issues: readonly Issue[], own: Tree): Problem[] {
  return oneEach(issues).flatMap((issue) =>
    descend(root, issue.path as Path).complete
      ? issueProblems(root, schema, issue, issue.path as Path)
      : [missing(root, own, issue)],
  );
}

/** Of several issues with one value, the wrong type is the one to read, or else the last: zod's own bounds come first. */
function oneEach(issues: readonly Issue[]): Issue[] {
  const byPath = new Map<string, Issue>();
  for (const issue of issues) {
    const key = JSON.stringify([issue.path, issue.code === "unrecognized_keys"]);
    if (byPath.get(key)?.code !== "invalid_type") byPath.set(key, issue);
  }
  return [...byPath.values()];
}

/** A key that nobody wrote is missing in the file that lies over all others, not in the layer that has its neighbours. */
function missing(root: Tree, own: Tree, issue: Issue): Problem {
  const path = issue.path as Path;
  const neighbour = descend(root, path).tree;
  const place = placeOf(neighbour.source === own.source ? neighbour : descend(own, path).tree);
  return { severity: "error", place, path: formatPath(root, path), message: `is required: ${rule(issue)}` };
}

function issueProblems(root: Tree, schema: z.ZodType, issue: Issue, path: Path): Problem[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(root, schema, path, key));
    case "invalid_key":
    case "invalid_element":
      return issue.issues.flatMap((inner) =>
        issueProblems(root, schema, inner as Issue, [...path, ...(inner.path as Path)]),
      );
    case "invalid_union":
      return unionProblems(root, issue, path);
    default:
      return isSecret(root, path) ? [] : [problem(root, path, sentence(root, path, issue))];
  }
}

/** Zod names the branch that was meant where it can tell; here none fits, so every one is said. */
function unionProblems(root: Tree, issue: z.core.$ZodIssueInvalidUnion, path: Path): Problem[] {
  const { tree } = descend(root, path);
  if (tree.kind === "scalar" && typeof tree.value === "number" && !Number.isFinite(tree.value)) {
    return [problem(root, path, `is no number that JSON can carry, got ${tree.text}: write "${tree.text}" in quotes`)];
  }
  const allowed = issue.errors.flatMap((inner) => inner.map((each) => rule(each)));
  return [problem(root, path, `${[...new Set(allowed)].join(", or ")}${found(root, path)}`)];
}

function unknownKey(root: Tree, schema: z.ZodType, path: Path, key: string): Problem {
  const known = knownKeys(schemaAt(schema, path)) ?? [];
  const shorthands = SHORTHAND_KEYS[pattern(path)] ?? [];
  const words = [...known, ...shorthands];
  const { tree } = descend(root, path);
  const entry = tree.kind === "map" ? tree.entries.get(key) : undefined;
  const suggestion = didYouMean(key, words);
  const allowed = suggestion === "" ? `; known here: ${listed(known, 40)}` : suggestion;
  return {
    severity: "error",
    place: placeOf(entry ?? tree),
    path: formatPath(root, [...path, key]),
    message: `unknown key${allowed}`,
  };
}

/** What was refused as a secret has been told, without showing it. */
function isSecret(root: Tree, path: Path): boolean {
  const { tree } = descend(root, path);
  return tree.kind === "scalar" && tree.secret === true;
}

/** A path with its list positions as `*`, the form in which shorthands are looked up. */
function pattern(path: Path): string {
  return path.map((step) => (typeof step === "number" ? "*" : step)).join(".");
}

function problem(root: Tree, path: Path, message: string): Problem {
  return { severity: "error", place: placeOf(descend(root, path).tree), path: formatPath(root, path), message };
}

function sentence(root: Tree, path: Path, issue: Issue): string {
  const hint = issue.code === "invalid_type" ? hintFor(root, path, issue.expected) : "";
  return `${rule(issue)}${found(root, path)}${hint}`;
}

/** What is allowed, in words. */
function rule(issue: Issue): string {
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

/** Formats of zod that bring no message of their own. */
const FORMATS: Readonly<Record<string, string>> = {
  email: "must be an e-mail address, such as team@example.com",
  date: "must be a date, such as 2026-12-31",
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
function found(root: Tree, path: Path): string {
  const { tree } = descend(root, path);
  if (tree.kind !== "scalar") return `, got a ${tree.kind}`;
  if (UNSHOWN.test(String(path.at(-1)))) return "";
  if (tree.value === null) return ", got nothing";
  const text = tree.text.length > 60 ? `${tree.text.slice(0, 57)}...` : tree.text;
  return `, got ${typeof tree.value === "string" ? JSON.stringify(text) : text}`;
}

const EMPTY: Readonly<Record<string, string>> = { object: "{}", record: "{}", array: "[]" };

/** YAML 1.2 reads digits as a number and yes, no, on and off as text; each has its way out. */
function hintFor(root: Tree, path: Path, expected: string): string {
  const { tree } = descend(root, path);
  if (tree.kind !== "scalar") return "";
  if (tree.value === null && tree.overrode !== undefined) {
    const instead = EMPTY[expected] ?? "a value";
    return `, which takes away what the layers below say: remove this line, or write ${instead}`;
  }
  if (expected === "string" && typeof tree.value !== "string" && tree.value !== null) {
    return `, which YAML reads as ${typeof tree.value === "boolean" ? "true or false" : "a number"}: write "${tree.text}" in quotes`;
  }
  if (expected === "boolean" && typeof tree.value === "string") {
    const word = tree.text.toLowerCase();
    if (["yes", "on", "y", "true"].includes(word)) return ": YAML reads it as text, write true";
    if (["no", "off", "n", "false"].includes(word)) return ": YAML reads it as text, write false";
  }
  if (
    (expected === "number" || expected === "int") &&
    typeof tree.value === "string" &&
    /^-?\d+(?:\.\d+)?$/.test(tree.text)
  ) {
    return `: YAML reads it as text, write ${tree.text} without quotes`;
  }
  return "";
}

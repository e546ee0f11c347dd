import type { z } from "zod";
import type { Problem } from "../../language/problem";
import { listed } from "../../language/suggest";
import { descend, formatPath, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import { schemaAt } from "./introspect";
import { shapeHint } from "./shapes";
import { keyPlace, meantKeys, unknownKeys } from "./unknown-keys";
import { found, hintFor, quoted, rule, ruleOf, sizeFound, withFound } from "./wording";

type Issue = z.core.$ZodIssue;

/** Returns zod's issues as problems of the file: every issue with its place, the value that was found and what is allowed. */
export function schemaProblems(
  root: Tree,
  schema: z.ZodType,
  issues: readonly Issue[],
  { own, partial = false }: { readonly own: Tree; readonly partial?: boolean },
): Problem[] {
  const meant = issues.flatMap((issue) => meantKeys(root, schema, issue));
  const isExplained = (path: Path): boolean => meant.some((each) => each.every((step, index) => step === path[index]));
  const each = oneEach(issues);
  const isThere = ({ path }: Issue): boolean => descend(root, path as Path).complete;
  const lacking = new Lacking(each.filter((issue) => !partial && !isThere(issue) && !isExplained(issue.path as Path)));
  const misspelt = new Set(
    issues.flatMap(({ code, path }) => (code === "unrecognized_keys" ? JSON.stringify(path) : [])),
  );
  // The unknown key may be a misspelling of the one that the map lacks.
  const there = each.filter(
    (issue) => isThere(issue) && !(issue.code === "custom" && misspelt.has(JSON.stringify(issue.path))),
  );
  const unknown = there.filter(({ code }) => code === "unrecognized_keys");
  const required = new Map(unknown.map((issue) => [issue, lacking.takeBelow(issue.path as Path)]));
  return oncePerPlace([
    ...there.flatMap((issue) => issueProblems(root, schema, issue, issue.path as Path, required.get(issue))),
    ...lacking.items().map((keys) => missing(root, schema, own, keys)),
  ]);
}

/** Drops further reports of the same value: each group inherits `worker_defaults`, and would report its values again. */
function oncePerPlace(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, place }) => {
    const key = JSON.stringify([place, path.split(".").at(-1)]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Keys that are required and missing, by the map that lacks them. */
class Lacking {
  private issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    this.issues = issues;
  }

  /** Removes and returns the issues about missing keys in a map or below it: an unknown key there may be a misspelling of one. */
  takeBelow(map: Path): readonly Issue[] {
    const below = this.issues.filter(({ path }) => map.every((step, index) => step === path[index]));
    this.issues = this.issues.filter((issue) => !below.includes(issue));
    return below;
  }

  /** Returns what is left, map by map. */
  items(): readonly (readonly Issue[])[] {
    const byMap = new Map<string, Issue[]>();
    for (const issue of this.issues) {
      const map = JSON.stringify(issue.path.slice(0, -1));
      byMap.set(map, [...(byMap.get(map) ?? []), issue]);
    }
    return [...byMap.values()];
  }
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

/** Keys that no file has are missing in the file that lies over all others, not in the layer that has their neighbours. */
function missing(root: Tree, schema: z.ZodType, own: Tree, issues: readonly Issue[]): Problem {
  const [first, ...others] = issues as readonly [Issue, ...Issue[]];
  const path = first.path as Path;
  const neighbour = descend(root, path).tree;
  const place = placeOf(neighbour.source === own.source ? neighbour : descend(own, path).tree);
  const wantedOf = (issue: Issue): string => ruleOf(schemaAt(schema, issue.path as Path), issue);
  const wanted = issues.map((issue) => `${String(issue.path.at(-1))} (${wantedOf(issue)})`);
  const what = { rule: "required-key", severity: "error", place } as const;
  if (others.length === 0) return { ...what, path: formatPath(root, path), message: `is required: ${wantedOf(first)}` };
  return {
    ...what,
    path: formatPath(root, path.slice(0, -1)),
    message: `requires ${listed(wanted, 6)}`,
  };
}

/** The last keys of paths, such as `name` and `kind`. */
function keysOf(issues: readonly Issue[]): string[] {
  return issues.map(({ path }) => String(path.at(-1)));
}

function issueProblems(
  root: Tree,
  schema: z.ZodType,
  issue: Issue,
  path: Path,
  lacking: readonly Issue[] = [],
): readonly Problem[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return unknownKeys(root, schema, path, issue.keys, keysOf(lacking));
    case "invalid_key":
      return badKey(root, schema, issue, path);
    case "invalid_element":
      return issue.issues.flatMap((inner) =>
        issueProblems(root, schema, inner as Issue, [...path, ...(inner.path as Path)]),
      );
    case "invalid_union":
      return isSecret(root, path) ? [] : unionProblems(root, schema, issue, path);
    default:
      return isSecret(root, path) ? [] : [problem(root, path, sentence(root, schema, path, issue))];
  }
}

/** A key is refused where it stands, and not where its value does. */
function badKey(root: Tree, schema: z.ZodType, issue: z.core.$ZodIssueInvalidKey, path: Path): Problem[] {
  const key = String(path.at(-1));
  const map = path.slice(0, -1);
  return issue.issues.flatMap((inner): Problem | Problem[] => {
    if (inner.code === "invalid_value") return unknownKeys(root, schema, map, [key]);
    const message = withFound(rule(inner), `, got ${quoted(key)}`);
    const place = keyPlace(root, map, key);
    return { rule: "invalid-key", severity: "error", place, path: formatPath(root, path), message };
  });
}

/** Zod names the intended branch if it can; otherwise the branch for the written type is reported, or else all of them. */
function unionProblems(
  root: Tree,
  schema: z.ZodType,
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
): readonly Problem[] {
  const { tree } = descend(root, path);
  if (tree.kind === "scalar" && typeof tree.value === "number" && !Number.isFinite(tree.value)) {
    return [problem(root, path, `is not a number in JSON, got ${tree.text}. Write "${tree.text}" in quotes`)];
  }
  const branches = issue.errors.map((inner) => inner.map((each) => ({ ...each, path: [...path, ...each.path] })));
  const wrongKind = branches.map((inner) => inner.find((each) => isWrongKind(each, path)));
  const meant = branches.filter((_, index) => {
    const wrong = wrongKind[index];
    return wrong === undefined || (wrong.code === "invalid_type" && hintFor(root, path, wrong.expected) !== "");
  });
  const [only, ...others] = meant;
  if (only !== undefined && others.length === 0) return schemaProblems(root, schema, only, { own: root });
  const allowed = branches.flatMap((inner, index) => (wrongKind[index] === undefined ? inner : [wrongKind[index]]));
  return [problem(root, path, `${[...new Set(allowed.map(rule))].join(", or ")}${found(root, path)}`)];
}

function isWrongKind(issue: Issue, path: Path): boolean {
  return issue.code === "invalid_type" && issue.path.length === path.length;
}

/** A value that was refused as a secret has been reported, without showing it. */
function isSecret(root: Tree, path: Path): boolean {
  const { tree } = descend(root, path);
  return tree.kind === "scalar" && tree.secret === true;
}

function problem(root: Tree, path: Path, message: string): Problem {
  const { tree } = descend(root, path);
  return { rule: "invalid-value", severity: "error", place: placeOf(tree), path: formatPath(root, path), message };
}

function sentence(root: Tree, schema: z.ZodType, path: Path, issue: Issue): string {
  const own = schemaAt(schema, path);
  const typeHint = issue.code === "invalid_type" ? hintFor(root, path, issue.expected) : "";
  const mayBeShape = issue.code === "invalid_type" || issue.code === "invalid_value";
  const hint = typeHint || !mayBeShape ? typeHint : shapeAt(root, own, path);
  const ofSize =
    issue.code === "too_small" || issue.code === "too_big" || issue.message.startsWith("must have at most");
  const got = ofSize ? sizeFound(root, path) : found(root, path);
  return withFound(ruleOf(own, issue), `${got}${hint}`);
}

function shapeAt(root: Tree, schema: z.ZodType | undefined, path: Path): string {
  return schema === undefined ? "" : shapeHint(schema, descend(root, path).tree, path);
}

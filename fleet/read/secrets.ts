import type { Problem } from "../../language/problem";
import type { ParsedFile } from "../../language/yaml/parse";
import {
  formatPath,
  type ListTree,
  type MapTree,
  type Path,
  placeOf,
  type ScalarTree,
  type Source,
  type Tree,
} from "../../language/yaml/tree";
import { isSecretKey, isSecretUnderKey } from "../secrets/keys";
import type { SecretKind } from "../secrets/rule";
import {
  commentedSecrets,
  hasHiddenSecret,
  mayHoldSecret,
  secretInValue,
  secretsIn,
  UNDER_SECRET_KEY,
  withoutSecretsIn,
} from "../secrets/search";

/**
 * Refuses secrets anywhere in a file, comments included. They are marked in the tree, because no other message may show them;
 * this one doesn't either.
 */
export function refuseSecrets({ root, source, text }: ParsedFile): {
  readonly root: MapTree | undefined;
  readonly problems: readonly Problem[];
} {
  // An escape such as \n ends in a letter, so that no word begins after it: what it stands for is searched too.
  const shapes = mayHoldSecret(text) || (root !== undefined && ESCAPED.test(text) && hasShape(root));
  const commented = text.includes("#") ? commentedSecrets(text) : [];
  if (!shapes && commented.length === 0 && (root === undefined || !hasSecretKeys(root, "")))
    return { root, problems: [] };
  const finder = new SecretFinder(shapes);
  const marked = root === undefined ? undefined : finder.map(root, []);
  const problems = root === undefined ? [] : finder.found.map((found) => refusal(found, formatPath(root, found.path)));
  return { root: marked, problems: [...problems, ...finder.elsewhere(source, text, commented)] };
}

/** Ways to write other characters than those in the file. */
const ESCAPED = /\\|''/;

/** Runs on every file, and nearly always finds nothing, so it must be cheap. */
function hasSecretKeys(tree: Tree, key: string): boolean {
  switch (tree.kind) {
    case "map":
      for (const [name, { value }] of tree.entries) if (hasSecretKeys(value, meaningOf(tree, name, key))) return true;
      return false;
    case "list":
      return tree.items.some((item, index) => hasSecretKeys(item, keyOfItem(tree, index, key)));
    case "scalar": {
      if (tree.secret === true) return false;
      const value = typed(tree);
      return value !== "" && (isSecretUnderKey(key, value) || hasHiddenSecret(value));
    }
    default:
      return tree satisfies never;
  }
}

/** True if a decoded value or key has the shape of a secret. */
function hasShape(tree: Tree): boolean {
  switch (tree.kind) {
    case "map":
      for (const [key, { value }] of tree.entries) if (mayHoldSecret(key) || hasShape(value)) return true;
      return false;
    case "list":
      return tree.items.some(hasShape);
    case "scalar":
      return typeof tree.value === "string" && secretInValue(tree.value) !== undefined;
    default:
      return tree satisfies never;
  }
}

/** Returns the text that could be a secret. A number of fewer than 4 digits protects nothing. */
function typed({ value, text }: ScalarTree): string {
  if (typeof value === "string") return value;
  return (typeof value === "number" || typeof value === "bigint") && text.length >= 4 ? text : "";
}

/** Keys beside which another key names the purpose of the value, as in lists of environment variables and headers. */
const VALUE_KEYS: ReadonlySet<string> = new Set(["value", "val", "content", "default", "stringValue", "data"]);
const NAME_KEYS = ["name", "key", "header", "variable", "parameter"];

/** Keys of a map that is written in the place of a text: `password: { value: … }`. */
const TEXT_KEYS: ReadonlySet<string> = new Set([
  ...VALUE_KEYS,
  ...["plain", "plaintext", "plainText", "text", "literal", "raw", "secret", "string", "secretString"],
]);

/** Returns the key that names the purpose of the value of a map's key. */
function meaningOf(map: MapTree, key: string, parent: string): string {
  if (VALUE_KEYS.has(key)) {
    for (const each of NAME_KEYS) {
      const name = map.entries.get(each)?.value;
      if (name?.kind === "scalar") return name.text;
    }
  }
  return TEXT_KEYS.has(key) && isSecretKey(parent) ? parent : key;
}

/** Returns the key of a list's item: that of the list, or the option before it, as in `["--password", "…"]`. */
function keyOfItem({ items }: ListTree, index: number, key: string): string {
  const before = items[index - 1];
  if (before?.kind !== "scalar" || typeof before.value !== "string") return key;
  return before.value.startsWith("-") && isSecretKey(before.value) ? before.value : key;
}

/** A problem with any secret that its words repeat, such as a key, blotted out. */
export function withoutSecrets(problem: Problem): Problem {
  return { ...problem, path: withoutSecretsIn(problem.path), message: withoutSecretsIn(problem.message) };
}

interface Found {
  readonly source: Source;
  readonly offset: number;
  readonly kind: SecretKind;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

class SecretFinder {
  readonly found: (Found & { readonly path: Path })[] = [];
  private readonly secrets = new Set<string>();
  private readonly keys: (Span & { readonly kind: SecretKind })[] = [];

  constructor(private readonly shapes: boolean) {}

  /** The map with its secrets marked. */
  map(map: MapTree, path: Path, parent = ""): MapTree {
    const entries = [...map.entries].map(([key, entry]) => {
      const kind = this.shapes ? secretsIn(key)[0]?.kind : undefined;
      if (kind !== undefined) this.keys.push({ kind, start: entry.offset, end: entry.offset + key.length });
      return [key, { ...entry, value: this.tree(entry.value, [...path, key], meaningOf(map, key, parent)) }] as const;
    });
    return { ...map, entries: new Map(entries) };
  }

  private tree(tree: Tree, path: Path, key: string): Tree {
    switch (tree.kind) {
      case "map":
        return this.map(tree, path, key);
      case "list":
        return {
          ...tree,
          items: tree.items.map((item, index) => this.tree(item, [...path, index], keyOfItem(tree, index, key))),
        };
      case "scalar": {
        const kind = this.kindOf(tree, key);
        if (kind === undefined) return tree;
        this.found.push({ source: tree.source, offset: tree.offset, path, kind });
        return { ...tree, secret: true };
      }
      default:
        return tree satisfies never;
    }
  }

  private kindOf(scalar: ScalarTree, key: string): SecretKind | undefined {
    if (scalar.secret) return undefined; // it has been refused
    const value = typed(scalar);
    const secret = secretInValue(value);
    if (secret !== undefined) {
      for (const { start, end } of secretsIn(value)) this.secrets.add(value.slice(start, end));
      this.secrets.add(value.slice(secret.start, secret.end));
      return secret.kind;
    }
    if (!isSecretUnderKey(key, value)) return undefined;
    this.secrets.add(value);
    return UNDER_SECRET_KEY;
  }

  /** Finds secrets in comments, in keys and in files that are not YAML. */
  elsewhere(source: Source, text: string, commented: readonly number[]): Problem[] {
    const known = [...this.secrets];
    const shaped = (this.shapes ? secretsIn(text) : []).filter(({ start, end }) => {
      const match = text.slice(start, end);
      return !known.some((secret) => match.includes(secret) || secret.includes(match));
    });
    const spans = [
      ...shaped,
      ...this.keys,
      ...commented.map((start) => ({ kind: UNDER_SECRET_KEY, start, end: start })),
    ];
    // A token in `--token=` has two shapes, and is reported once.
    return spans
      .filter((span, index) => !spans.slice(0, index).some(({ start, end }) => start <= span.end && span.start <= end))
      .map(({ start, kind }) => refusal({ source, offset: start, kind }, ""));
  }
}

function refusal({ source, offset, kind: { what, instead } }: Found, path: string): Problem {
  const message = `looks like ${what}, but a definition must not contain secrets. ${instead}. Revoke this one, because git keeps it`;
  return { rule: "secret", severity: "error", place: placeOf({ source, offset }), path, message, secret: true };
}

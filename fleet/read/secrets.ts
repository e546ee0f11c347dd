import type { Problem } from "../../language/problem";
import type { ParsedFile } from "../../language/yaml/parse";
import {
  formatPath,
  type MapTree,
  type Path,
  placeOf,
  type ScalarTree,
  type Source,
  type Tree,
} from "../../language/yaml/tree";
import {
  ANY_SHAPE,
  commentedSecrets,
  isSecretUnderKey,
  SECRET_SHAPES,
  type SecretShape,
  UNDER_SECRET_KEY,
} from "./secret-shapes";

type Kind = Pick<SecretShape, "what" | "instead">;

/**
 * Refuses secrets anywhere in a file, comments included. They are marked in the tree, because no other message may show them;
 * this one doesn't either.
 */
export function refuseSecrets({ root, source, text }: ParsedFile): {
  readonly root: MapTree | undefined;
  readonly problems: readonly Problem[];
} {
  // An escape such as \n ends in a letter, so that no word begins after it: what it stands for is searched too.
  const shapes = ANY_SHAPE.test(text) || (root !== undefined && text.includes("\\") && hasShape(root));
  const commented = text.includes("#") ? commentedSecrets(text) : [];
  if (!shapes && commented.length === 0 && (root === undefined || !hasSecretKeys(root, "")))
    return { root, problems: [] };
  const finder = new SecretFinder(shapes);
  const marked = root === undefined ? undefined : finder.map(root, []);
  const problems = root === undefined ? [] : finder.found.map((found) => refusal(found, formatPath(root, found.path)));
  return { root: marked, problems: [...problems, ...finder.elsewhere(source, text, commented)] };
}

/** Runs on every file, and nearly always finds nothing, so it must be cheap. */
function hasSecretKeys(tree: Tree, key: string): boolean {
  switch (tree.kind) {
    case "map":
      for (const [name, { value }] of tree.entries) if (hasSecretKeys(value, meaningOf(tree, name))) return true;
      return false;
    case "list":
      return tree.items.some((item) => hasSecretKeys(item, key));
    case "scalar":
      return tree.secret !== true && isSecretUnderKey(key, typed(tree));
    default:
      return tree satisfies never;
  }
}

/** True if a decoded value or key has the shape of a secret. */
function hasShape(tree: Tree): boolean {
  switch (tree.kind) {
    case "map":
      for (const [key, { value }] of tree.entries) if (ANY_SHAPE.test(key) || hasShape(value)) return true;
      return false;
    case "list":
      return tree.items.some(hasShape);
    case "scalar":
      return typeof tree.value === "string" && ANY_SHAPE.test(tree.value);
    default:
      return tree satisfies never;
  }
}

/** Returns the text that could be a secret. A number of fewer than 4 digits protects nothing. */
function typed({ value, text }: ScalarTree): string {
  if (typeof value === "string") return value;
  return (typeof value === "number" || typeof value === "bigint") && text.length >= 4 ? text : "";
}

/** `- name: DB_PASSWORD` and `value: …` are how charts list variables of the environment. */
function meaningOf(map: MapTree, key: string): string {
  const name = key === "value" ? map.entries.get("name")?.value : undefined;
  return name?.kind === "scalar" ? name.text : key;
}

/** A problem with any secret that its words repeat, such as a key, blotted out. */
export function withoutSecrets(problem: Problem): Problem {
  const blot = (text: string): string =>
    ANY_SHAPE.test(text) ? SECRET_SHAPES.reduce((rest, { shape }) => rest.replace(shape, "(secret)"), text) : text;
  return { ...problem, path: blot(problem.path), message: blot(problem.message) };
}

interface Found {
  readonly source: Source;
  readonly offset: number;
  readonly kind: Kind;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

class SecretFinder {
  readonly found: (Found & { readonly path: Path })[] = [];
  private readonly secrets = new Set<string>();
  private readonly keys: (Span & { readonly kind: Kind })[] = [];

  constructor(private readonly shapes: boolean) {}

  /** The map with its secrets marked. */
  map(map: MapTree, path: Path): MapTree {
    const entries = [...map.entries].map(([key, entry]) => {
      const kind = this.shapes ? SECRET_SHAPES.find(({ shape }) => shape.test(key)) : undefined;
      if (kind !== undefined) this.keys.push({ kind, start: entry.offset, end: entry.offset + key.length });
      return [key, { ...entry, value: this.tree(entry.value, [...path, key], meaningOf(map, key)) }] as const;
    });
    return { ...map, entries: new Map(entries) };
  }

  private tree(tree: Tree, path: Path, key: string): Tree {
    switch (tree.kind) {
      case "map":
        return this.map(tree, path);
      case "list":
        return { ...tree, items: tree.items.map((item, index) => this.tree(item, [...path, index], key)) };
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

  private kindOf(scalar: ScalarTree, key: string): Kind | undefined {
    if (scalar.secret) return undefined; // it has been refused
    const value = typed(scalar);
    if (this.shapes) {
      for (const each of SECRET_SHAPES) {
        const match = value.match(each.shape);
        if (match === null) continue;
        this.secrets.add(match[0]);
        return each;
      }
    }
    if (!isSecretUnderKey(key, value)) return undefined;
    this.secrets.add(value);
    return UNDER_SECRET_KEY;
  }

  /** Finds secrets in comments, in keys and in files that are not YAML. */
  elsewhere(source: Source, text: string, commented: readonly number[]): Problem[] {
    const known = [...this.secrets];
    const shaped = SECRET_SHAPES.flatMap((kind) =>
      this.shapes ? [...text.matchAll(new RegExp(kind.shape, `${kind.shape.flags}g`))].map(spanOf(kind)) : [],
    ).filter(({ match }) => !known.some((secret) => match.includes(secret) || secret.includes(match)));
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

const spanOf =
  (kind: Kind) =>
  ({ 0: match, index: start }: RegExpExecArray) => ({ kind, match, start, end: start + match.length });

function refusal({ source, offset, kind: { what, instead } }: Found, path: string): Problem {
  const message = `looks like ${what}, but a definition must not contain secrets. ${instead}. Revoke this one, because git keeps it`;
  return { severity: "error", place: placeOf({ source, offset }), path, message, secret: true };
}

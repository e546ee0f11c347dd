import type { Place } from "../problem";
import type { Lines } from "./lines";

/** A file that was read; positions in it are kept as offsets, and become lines and columns only when they are needed. */
export interface Source {
  readonly file: string;
  readonly lines: Lines;
}

interface Written {
  readonly source: Source;
  readonly offset: number;
  /** The value of a lower layer that this one took the place of. */
  readonly overrode?: Tree;
  /** The key that the file has, where a shorthand was written instead of the full one. */
  readonly spelled?: string;
}

export interface ScalarTree extends Written {
  readonly kind: "scalar";
  readonly value: string | number | boolean | bigint | null;
  /** The characters in the file: YAML reads `1.30` as the number 1.3. */
  readonly text: string;
  /** Written without quotes: only such text can be read as something else than it looks. */
  readonly plain: boolean;
  /** A secret was typed here: it has been refused, and must not be shown. */
  readonly secret?: true;
}

export interface ListTree extends Written {
  readonly kind: "list";
  readonly items: readonly Tree[];
}

export interface Entry {
  readonly value: Tree;
  readonly source: Source;
  /** Where the key stands. */
  readonly offset: number;
}

export interface MapTree extends Written {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Entry>;
}

/**
 * Entries of a map that was laid over another: those that it changes, and the other's. Nearly all readers need single ones, so a
 * map of both is created only for readers of all.
 */
export class LaidEntries implements ReadonlyMap<string, Entry> {
  readonly size: number;
  private both: ReadonlyMap<string, Entry> | undefined;

  constructor(
    readonly under: MapTree,
    readonly changed: ReadonlyMap<string, Entry>,
  ) {
    let added = 0;
    for (const key of changed.keys()) if (!under.entries.has(key)) added += 1;
    this.size = under.entries.size + added;
  }

  get(key: string): Entry | undefined {
    return this.changed.get(key) ?? this.under.entries.get(key);
  }

  has(key: string): boolean {
    return this.changed.has(key) || this.under.entries.has(key);
  }

  entries(): MapIterator<[string, Entry]> {
    return this.all().entries();
  }

  keys(): MapIterator<string> {
    return this.all().keys();
  }

  values(): MapIterator<Entry> {
    return this.all().values();
  }

  forEach(call: (value: Entry, key: string, map: ReadonlyMap<string, Entry>) => void): void {
    for (const [key, value] of this.all()) call(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, Entry]> {
    return this.entries();
  }

  private all(): ReadonlyMap<string, Entry> {
    this.both ??= new Map([...this.under.entries, ...this.changed]);
    return this.both;
  }
}

/** A YAML value that remembers where it was written. */
export type Tree = ScalarTree | ListTree | MapTree;

export type Path = readonly (string | number)[];

export function placeOf({ source, offset }: { readonly source: Source; readonly offset: number }): Place {
  return { file: source.file, ...source.lines.at(offset) };
}

/** The value below a path, as far down as there is one. */
export function descend(root: Tree, path: Path): { readonly tree: Tree; readonly complete: boolean } {
  let tree = root;
  for (const step of path) {
    const next = childOf(tree, step);
    if (next === undefined) return { tree, complete: false };
    tree = next;
  }
  return { tree, complete: true };
}

export function childOf(tree: Tree, step: string | number): Tree | undefined {
  switch (tree.kind) {
    case "map":
      return tree.entries.get(String(step))?.value;
    case "list":
      return typeof step === "number" ? tree.items[step] : undefined;
    case "scalar":
      return undefined;
    default:
      return tree satisfies never;
  }
}

/** The `name` of a list's item, by which items are merged and shown. */
export function itemName(tree: Tree): string | undefined {
  if (tree.kind !== "map") return undefined;
  const name = tree.entries.get("name")?.value;
  return name?.kind === "scalar" && typeof name.value === "string" ? name.value : undefined;
}

/** A path as people write it: named items by their name, others by their place. */
export function formatPath(root: Tree, path: Path): string {
  let tree: Tree | undefined = root;
  let text = "";
  for (const step of path) {
    tree = tree === undefined ? undefined : childOf(tree, step);
    if (tree?.spelled !== undefined) text = spelledAs(text, tree.spelled);
    else if (typeof step === "number") text += `[${(tree === undefined ? undefined : itemName(tree)) ?? step}]`;
    else text += text === "" ? keyText(step) : `.${keyText(step)}`;
  }
  return text;
}

/** A key that has blanks or control characters in it could not be seen, or would change what the terminal shows. */
function keyText(key: string): string {
  return key === "" || /[\s\p{C}]/u.test(key) ? JSON.stringify(key) : key;
}

/** A shorthand is a whole path or, where it belongs to its parent, a key that starts with a dot, or nothing besides it. */
function spelledAs(parent: string, spelled: string): string {
  return spelled === "" || spelled.startsWith(".") ? `${parent}${spelled}` : spelled;
}

/** Returns a copy of a map with entries set; `undefined` removes one. */
export function withEntries(map: MapTree, changes: Readonly<Record<string, Entry | undefined>>): MapTree {
  const entries = new Map(map.entries);
  for (const [key, entry] of Object.entries(changes)) {
    if (entry === undefined) entries.delete(key);
    else entries.set(key, entry);
  }
  return { ...map, entries };
}

/** Returns the tree with the value at a path changed, if there is one. */
export function changedAt(tree: Tree, [step, ...rest]: Path, change: (value: Tree) => Tree): Tree {
  if (step === undefined) return change(tree);
  if (tree.kind === "list") {
    const items = tree.items.map((item, index) => (index === step ? changedAt(item, rest, change) : item));
    return { ...tree, items };
  }
  const entry = tree.kind === "map" ? tree.entries.get(String(step)) : undefined;
  if (tree.kind !== "map" || entry === undefined) return tree;
  return withEntries(tree, { [step]: { ...entry, value: changedAt(entry.value, rest, change) } });
}

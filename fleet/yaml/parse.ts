import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from "yaml";
import type { Problem } from "../problem";
import { secretsInText } from "../secrets";
import { type Entry, type MapTree, placeOf, type Source, type Tree } from "./tree";

/** More values than any file of ours has: aliases that make more are an attack, or an accident that looks like one. */
const MOST_VALUES = 20_000;

/** What the parser's errors mean to someone who writes a definition; others speak for themselves. */
const EXPLAINED: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab cannot indent YAML: use two spaces",
  DUPLICATE_KEY: "this key stands twice in one map: keep one of them",
  MULTIPLE_DOCS: "the file holds several YAML documents: keep one file for one definition, without further `---` lines",
};

export interface ParsedFile {
  /** The file's map; undefined where there is none to work with. */
  readonly root: MapTree | undefined;
  readonly problems: readonly Problem[];
}

/** Reads one YAML file into a tree that knows its places. All problems are returned, none is thrown. */
export function parseYaml(file: string, bytes: Uint8Array): ParsedFile {
  const lines = new LineCounter();
  const source: Source = { file, lines };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes); // drops a byte-order mark
  } catch {
    return { root: undefined, problems: [problemAt(source, 0, "is not UTF-8 text: save it as UTF-8")] };
  }
  const parsed = parseText(source, text);
  return { root: parsed.root, problems: [...secretsInText(source, text), ...parsed.problems] };
}

function parseText(source: Source, text: string): ParsedFile {
  const { lines } = source;
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const problems: Problem[] = [...document.errors, ...document.warnings].map((error) =>
    problemAt(source, error.pos[0], EXPLAINED[error.code] ?? `is not valid YAML: ${sentence(error.message)}`),
  );
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    if (problems.length === 0) problems.push(problemAt(source, 0, "the file is empty: it must hold a map of keys"));
    return { root: undefined, problems };
  }
  // A broken document gives broken values: only its syntax is worth talking about.
  if (problems.length > 0) return { root: undefined, problems };
  return new Builder(source, document).build();
}

function problemAt(source: Source, offset: number, message: string): Problem {
  return { severity: "error", place: placeOf({ source, offset }), path: "", message };
}

function sentence(message: string): string {
  const line = message.split("\n")[0] ?? message;
  return line.charAt(0).toLowerCase() + line.slice(1);
}

/** Turns the parser's nodes into trees, following aliases and merge keys. */
class Builder {
  private readonly anchors = new Map<string, Node>();
  /** The nodes that are being built: an alias to one of them would never end. */
  private readonly open = new Set<Node>();
  private readonly problems: Problem[] = [];
  private values = 0;

  constructor(
    private readonly source: Source,
    private readonly document: Document,
  ) {}

  build(): ParsedFile {
    const root = this.node(this.document.contents, 0);
    if (this.values > MOST_VALUES) {
      const message = `aliases make more than ${MOST_VALUES} values of this file: write the values out, or use fewer aliases`;
      return { root: undefined, problems: [problemAt(this.source, 0, message)] };
    }
    if (root !== undefined && root.kind !== "map") {
      this.problems.push(problemAt(this.source, root.offset, `must be a map of keys, got a ${root.kind}`));
      return { root: undefined, problems: this.problems };
    }
    return { root, problems: this.problems };
  }

  private node(node: unknown, parentOffset: number): Tree | undefined {
    this.values += 1;
    if (this.values > MOST_VALUES) return undefined;
    const source = this.source;
    if (node === null || node === undefined)
      return { kind: "scalar", value: null, text: "", source, offset: parentOffset };
    if (isAlias(node)) return this.alias(node.source, node.range?.[0] ?? parentOffset);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return undefined;
    const offset = node.range?.[0] ?? parentOffset;
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isScalar(node)) {
      const value = node.value as string | number | boolean | bigint | null;
      return { kind: "scalar", value, text: node.source ?? String(value), source, offset };
    }
    this.open.add(node);
    const tree: Tree = isMap(node)
      ? { kind: "map", entries: this.entries(node, offset), source, offset }
      : { kind: "list", items: node.items.flatMap((item) => this.node(item, offset) ?? []), source, offset };
    this.open.delete(node);
    return tree;
  }

  private alias(name: string, offset: number): Tree | undefined {
    const target = this.anchors.get(name);
    if (target === undefined || this.open.has(target)) {
      const reason =
        target === undefined ? `no anchor &${name} stands before this alias` : `the alias *${name} contains itself`;
      this.problems.push(problemAt(this.source, offset, `${reason}: name an anchor that does`));
      return undefined;
    }
    return this.node(target, offset);
  }

  private entries(map: YAMLMap, offset: number): Map<string, Entry> {
    const own = new Map<string, Entry>();
    const merged: MapTree[] = [];
    for (const pair of map.items) {
      const key = this.key(pair, offset);
      if (key === undefined) continue;
      const value = this.node(pair.value, key.offset);
      if (value === undefined) continue;
      if (key.name === "<<") merged.push(...this.mergeSources(value));
      else own.set(key.name, { value, source: this.source, offset: key.offset });
    }
    // What a map says itself wins over what it merges in, and an earlier source over a later one.
    for (const entry of merged.flatMap((source) => [...source.entries])) {
      if (!own.has(entry[0])) own.set(...entry);
    }
    return own;
  }

  private key(pair: Pair, parentOffset: number): { name: string; offset: number } | undefined {
    if (!isScalar(pair.key)) {
      this.problems.push(
        problemAt(this.source, parentOffset, "a key of this map is not plain text: write it as a word"),
      );
      return undefined;
    }
    const offset = pair.key.range?.[0] ?? parentOffset;
    // Of `1.30:` the number would lose its last digit: the text in the file is the key.
    const name = typeof pair.key.value === "string" ? pair.key.value : (pair.key.source ?? String(pair.key.value));
    return { name, offset };
  }

  private mergeSources(value: Tree): MapTree[] {
    if (value.kind === "map") return [value];
    if (value.kind === "list") return value.items.flatMap((item) => this.mergeSources(item));
    this.problems.push(
      problemAt(this.source, value.offset, "`<<` merges maps: give it an alias of a map, or a list of them"),
    );
    return [];
  }
}

import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Problem } from "../problem";
import type { RuleId } from "../rule-ids";
import { type Entry, formatPath, type MapTree, placeOf, type ScalarTree, type Source, type Tree } from "./tree";

/** More values than any real file has: aliases that create more are an attack, or an accident that looks like one. */
const MOST_VALUES = 20_000;

/** More levels than any values of a chart have; each costs a frame of the call stack wherever trees are walked. */
const MOST_LEVELS = 64;

interface Built {
  /** The document's map; undefined if it cannot be read. */
  readonly root: MapTree | undefined;
  readonly problems: readonly Problem[];
}

/** Turns the parser's nodes into a tree, following aliases and merge keys. */
export function buildTree(source: Source, document: Document): Built {
  return new Builder(source).build(document);
}

interface Found {
  readonly rule: RuleId;
  readonly offset: number;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

class Builder {
  private readonly anchors = new Map<string, Node>();
  /** The nodes that are being built: an alias to one of them would never end. */
  private readonly open = new Set<Node>();
  private readonly path: (string | number)[] = [];
  private readonly found: Found[] = [];
  private values = 0;
  private aliases = 0;
  private tooDeep = false;

  constructor(private readonly source: Source) {}

  build(document: Document): Built {
    const root = this.node(document.contents, 0);
    const refused = this.refusal();
    if (refused !== undefined) return { root: undefined, problems: [this.problem(refused, undefined)] };
    if (root !== undefined && root.kind !== "map") {
      const got = root.kind === "list" ? "a list" : JSON.stringify(root.text.slice(0, 60));
      this.report(root.offset, `must be a map of keys, got ${got}`);
    }
    const map = root?.kind === "map" ? root : undefined;
    return { root: map, problems: this.found.map((found) => this.problem(found, map)) };
  }

  private refusal(): Found | undefined {
    const rule = "file-size";
    if (this.tooDeep)
      return { rule, offset: 0, path: [], message: `nests values more than ${MOST_LEVELS} levels deep` };
    if (this.values <= MOST_VALUES) return undefined;
    const message =
      this.aliases > 0
        ? `aliases expand this file to more than ${MOST_VALUES} values. Write the values out, or use fewer aliases`
        : `contains more than ${MOST_VALUES} values, which is too large for a definition`;
    return { rule, offset: 0, path: [], message };
  }

  private report(offset: number, message: string, rule: RuleId = "yaml-syntax"): void {
    this.found.push({ rule, offset, path: [...this.path], message });
  }

  private problem({ rule, offset, path, message }: Found, root: MapTree | undefined): Problem {
    const written = root === undefined ? "" : formatPath(root, path);
    return { rule, severity: "error", place: placeOf({ source: this.source, offset }), path: written, message };
  }

  private node(node: unknown, parentOffset: number): Tree | undefined {
    this.values += 1;
    this.tooDeep ||= this.open.size > MOST_LEVELS;
    if (this.values > MOST_VALUES || this.tooDeep) return undefined;
    if (node === null || node === undefined) return this.nothing(parentOffset);
    if (isAlias(node)) return this.alias(node.source, node.range?.[0] ?? parentOffset);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return undefined;
    const offset = node.range?.[0] ?? parentOffset;
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isScalar(node)) {
      const value = node.value as ScalarTree["value"];
      if (typeof value === "object" && value !== null) {
        this.report(offset, "has a tag that is not supported. Remove the word that starts with !");
        return undefined;
      }
      const plain = node.type === "PLAIN";
      return { kind: "scalar", value, text: node.source ?? String(value), plain, source: this.source, offset };
    }
    this.open.add(node);
    const tree: Tree = isMap(node)
      ? { kind: "map", entries: this.entries(node, offset), source: this.source, offset }
      : { kind: "list", items: this.items(node.items, offset), source: this.source, offset };
    this.open.delete(node);
    return tree;
  }

  private nothing(offset: number): Tree {
    return { kind: "scalar", value: null, text: "", plain: true, source: this.source, offset };
  }

  private alias(name: string, offset: number): Tree | undefined {
    this.aliases += 1;
    const target = this.anchors.get(name);
    if (target !== undefined && !this.open.has(target)) return this.node(target, offset);
    this.report(
      offset,
      target === undefined
        ? `no anchor &${name} is defined before the alias *${name}. Use the name of an earlier anchor`
        : `the alias *${name} contains itself. Write the value out`,
    );
    return undefined;
  }

  private items(nodes: readonly unknown[], offset: number): Tree[] {
    return nodes.flatMap((node, index) => this.inside(index, () => this.node(node, offset)) ?? []);
  }

  private inside<T>(step: string | number, build: () => T): T {
    this.path.push(step);
    const result = build();
    this.path.pop();
    return result;
  }

  private entries(map: YAMLMap, offset: number): Map<string, Entry> {
    const own = new Map<string, Entry>();
    const merged: MapTree[] = [];
    for (const pair of map.items) {
      const key = this.key(pair, offset);
      if (key === undefined) continue;
      this.inside(key.name, () => {
        const value = this.node(pair.value, key.offset);
        if (value === undefined) return;
        if (key.name === "<<") merged.push(...this.mergeSources(value));
        else if (own.has(key.name))
          this.report(key.offset, "this map has the key twice. Keep one of them", "duplicate-key");
        else own.set(key.name, { value, source: this.source, offset: key.offset });
      });
    }
    // A map's own keys win over merged keys, and an earlier source wins over a later one.
    for (const entry of merged.flatMap((source) => [...source.entries])) {
      if (!own.has(entry[0])) own.set(...entry);
    }
    return own;
  }

  private key({ key }: Pair, parentOffset: number): { name: string; offset: number } | undefined {
    if (key !== null && !isScalar(key)) {
      this.report(parentOffset, "a key of this map is not plain text. Write it as a word");
      return undefined;
    }
    const offset = key?.range?.[0] ?? parentOffset;
    if (key?.anchor !== undefined) this.anchors.set(key.anchor, key);
    // Of `1.30:` the number would lose its last digit: the text in the file is the key.
    const name = typeof key?.value === "string" ? key.value : (key?.source ?? "");
    if (name !== "__proto__") return { name, offset };
    this.inside(name, () => this.report(offset, "cannot be a key, because JavaScript reserves it. Use another word"));
    return undefined;
  }

  private mergeSources(value: Tree): MapTree[] {
    if (value.kind === "map") return [value];
    if (value.kind === "list") return value.items.flatMap((item) => this.mergeSources(item));
    this.report(value.offset, "merges maps, so it must be an alias of a map, or a list of such aliases");
    return [];
  }
}

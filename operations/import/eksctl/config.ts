import { plainValue } from "../../../language/yaml/plain-tree";
import { childOf, formatPath, type MapTree, type Path, placeOf, type Tree } from "../../../language/yaml/tree";

/** Result for a key: it is in the definition, it has no meaning here, or a person must decide. */
export type Fate = "translated" | "no_effect" | "not_translated";

/** A key that is not in the definition, and why. */
export interface Left {
  /** The key as eksctl's documentation writes it, with the names of items. */
  readonly path: string;
  readonly line: number;
  readonly fate: Exclude<Fate, "translated">;
  readonly reason: string;
}

interface Mark {
  readonly tree: Tree;
  readonly path: Path;
  readonly fate: Fate;
  readonly reason: string;
}

/** Records the result for each key of a file. */
class Ledger {
  private readonly marks = new Map<string, Mark>();

  constructor(private readonly root: MapTree) {}

  mark(tree: Tree, path: Path, fate: Fate, reason: string): void {
    this.marks.set(JSON.stringify(path), { tree, path, fate, reason });
  }

  /** Returns the keys that are not in the definition, in the order of the file. */
  left(): Left[] {
    const marked = [...this.marks.values()].flatMap(({ fate, path, reason, tree }) =>
      fate === "translated" ? [] : [this.entry(tree, path, fate, reason)],
    );
    const unread = this.unread(this.root, []).map(({ path, tree }) =>
      this.entry(tree, path, "not_translated", "this program has no equivalent"),
    );
    return [...marked, ...unread].sort((a, b) => a.line - b.line);
  }

  private entry(tree: Tree, path: Path, fate: Left["fate"], reason: string): Left {
    return { path: formatPath(this.root, path), line: placeOf(tree).line, fate, reason };
  }

  /** Returns the values that nothing has read: a key that is forgotten here must not be forgotten by its owner. */
  private unread(tree: Tree, path: Path): { readonly tree: Tree; readonly path: Path }[] {
    if (this.marks.has(JSON.stringify(path))) return [];
    if (tree.kind === "scalar") return tree.value === null ? [] : [{ tree, path }];
    const children: readonly (readonly [string | number, Tree])[] =
      tree.kind === "list"
        ? tree.items.map((item, index) => [index, item])
        : [...tree.entries].map(([key, { value }]) => [key, value]);
    return children.flatMap(([step, child]) => this.unread(child, [...path, step]));
  }
}

/** A value of a ClusterConfig, or the place where it would be. Reading a value records that it is translated. */
export class Config {
  private constructor(
    private readonly tree: Tree | undefined,
    readonly path: Path,
    private readonly ledger: Ledger,
  ) {}

  static of(root: MapTree): Config {
    return new Config(root, [], new Ledger(root));
  }

  /** True if the file has a value here. */
  get isSet(): boolean {
    return this.tree !== undefined && !(this.tree.kind === "scalar" && this.tree.value === null);
  }

  at(...steps: readonly string[]): Config {
    return steps.reduce<Config>((config, step) => config.child(step), this);
  }

  private child(step: string | number): Config {
    const tree = this.tree === undefined ? undefined : childOf(this.tree, step);
    return new Config(tree, [...this.path, step], this.ledger);
  }

  items(): Config[] {
    return this.tree?.kind === "list" ? this.tree.items.map((_, index) => this.child(index)) : [];
  }

  entries(): (readonly [string, Config])[] {
    return this.tree?.kind === "map" ? [...this.tree.entries.keys()].map((key) => [key, this.child(key)]) : [];
  }

  text(): string | undefined {
    const value = this.value();
    return value === undefined ? undefined : String(value);
  }

  number(): number | undefined {
    const value = this.value();
    return value === undefined ? undefined : Number(value);
  }

  flag(): boolean | undefined {
    const value = this.value();
    return value === undefined ? undefined : value === true;
  }

  texts(): string[] | undefined {
    return this.value() as string[] | undefined;
  }

  map(): Record<string, string> | undefined {
    return this.value() as Record<string, string> | undefined;
  }

  /** Returns the whole value; undefined if there is none. */
  value(): unknown {
    if (!this.isSet || this.tree === undefined) return undefined;
    this.ledger.mark(this.tree, this.path, "translated", "");
    return plainValue(this.tree);
  }

  /** Returns the value without recording it, because it is translated elsewhere. */
  peek(): unknown {
    return this.isSet && this.tree !== undefined ? plainValue(this.tree) : undefined;
  }

  /** Records that the value is not in the definition. */
  leave(reason: string): void {
    if (this.isSet && this.tree !== undefined) this.ledger.mark(this.tree, this.path, "not_translated", reason);
  }

  /** Records that the value changes nothing here. */
  skip(reason: string): void {
    if (this.isSet && this.tree !== undefined) this.ledger.mark(this.tree, this.path, "no_effect", reason);
  }

  left(): Left[] {
    return this.ledger.left();
  }
}

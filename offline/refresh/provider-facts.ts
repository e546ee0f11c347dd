import { type Fact, flagsOf } from "../overlay/provider-facts";

/** A block in the answer of `terraform providers schema -json`. */
export interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, SchemaAttribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock; readonly min_items?: number }>>;
}

interface SchemaAttribute {
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
}

export type Facts = Readonly<Record<string, Fact>>;

/** New facts about a type, and what a person must look up, because it is in no schema. */
export interface Refreshed {
  readonly facts: Facts;
  /** Paths that the earlier facts do not have: whether a change replaces the object is unknown. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Arguments of many types that need no fact. */
const OF_EVERY_TYPE = /^(id|timeouts(\..*)?)$/;

/** Returns the facts about a type with the flags of another release; replacements and defaults stay as they were. */
export function refreshed(before: Facts, schema: SchemaBlock): Refreshed {
  const flags = new Map(flagsIn(schema, ""));
  const insideAttribute = ([path]: [string, Fact]) => [...flags.keys()].some((each) => path.startsWith(`${each}.`));
  const blocks = new Map(blocksIn(schema, ""));
  const known = Object.entries(before).filter(
    (entry) => flags.has(entry[0]) || blocks.has(entry[0]) || insideAttribute(entry),
  );
  const added = [...flags.keys(), ...blocks.keys()].filter(
    (path) => before[path] === undefined && !OF_EVERY_TYPE.test(path),
  );
  const facts = [
    ...known.map(([path, fact]): [string, Fact] => [path, merged(fact, flags.get(path))]),
    ...added.map((path): [string, Fact] => [path, flags.get(path) ?? blocks.get(path) ?? "O"]),
  ];
  return {
    facts: Object.fromEntries(facts.sort(([a], [b]) => (a < b ? -1 : 1))),
    added,
    removed: Object.keys(before).filter((path) => !known.some(([each]) => each === path)),
  };
}

/** Replaces the flags that a schema has, and keeps the others: a schema has no flags F, f and D. */
function merged(fact: Fact, flags: string | undefined): Fact {
  if (flags === undefined) return fact;
  const old = flagsOf(fact);
  const sensitive = flags.includes("S") ? "S" : "";
  const all = flags.replace("S", "") + old.replace(/[^Ff]/g, "") + old.replace(/[^D]/g, "") + sensitive;
  return typeof fact === "string" ? all : [all, ...fact.slice(1)];
}

function flagsIn({ attributes = {}, block_types = {} }: SchemaBlock, prefix: string): [string, string][] {
  const own = Object.entries(attributes).map(([name, attribute]): [string, string] => [
    prefix + name,
    [attribute.required && "R", attribute.optional && "O", attribute.computed && "C", attribute.sensitive && "S"]
      .filter(Boolean)
      .join(""),
  ]);
  return [...own, ...Object.entries(block_types).flatMap(([name, { block }]) => flagsIn(block, `${prefix}${name}.`))];
}

function blocksIn({ block_types = {} }: SchemaBlock, prefix: string): [string, string][] {
  return Object.entries(block_types).flatMap(([name, { block, min_items = 0 }]): [string, string][] => [
    [prefix + name, min_items > 0 ? "R" : "O"],
    ...blocksIn(block, `${prefix}${name}.`),
  ]);
}

import type { z } from "zod";
import type { Path, Tree } from "../../language/yaml/tree";
import data from "./data/other-tools.json";
import { schemaAt } from "./introspect";
import { LISTS_WITH_DEFAULTS } from "./lists-with-defaults";

/** A key of another tool, and the key of a definition that does the same. */
export interface OtherToolsKey {
  readonly tool: string;
  /** The key as its tool writes it, with the keys around it where it is not clear without them. */
  readonly key: string;
  /** Path of the key to use, below `tfvars` or from `meta`, with `*` for a list's items; maybe with a value. Absent if there is none. */
  readonly use?: string;
  /** Row of the documentation: the equivalent, or the reason why there is none. */
  readonly here: string;
  /** Section that it belongs to; empty for any. */
  readonly section: string;
}

export interface Answer {
  readonly tool: string;
  /** A sentence without its full stop. */
  readonly advice: string;
  /** Path that the key was meant to set; absent if it is not known. */
  readonly meant?: Path;
}

const LISTS: Readonly<Record<string, string>> = Object.fromEntries(
  LISTS_WITH_DEFAULTS.map(({ list, defaults }) => [defaults, list]),
);

export const OTHER_TOOLS_KEYS: readonly OtherToolsKey[] = Object.values(data).flatMap(({ rows, section }) =>
  rows.flatMap(({ here, keys }) =>
    keys.map(([key = "", tool = "", use]) => ({
      tool,
      key,
      here,
      section: use?.split(".")[0] ?? section,
      ...(use !== undefined && { use }),
    })),
  ),
);

/** The keys of a written path; a label such as `kubernetes.io/arch` is one key. */
function stepsOf(key: string): readonly string[] {
  const bare = key.split(": ")[0] ?? key;
  return bare.includes("/") ? [bare] : bare.replaceAll("[]", "").split(".");
}

/** Tools write the same word as `desiredCapacity`, `desired_capacity` or `desired-capacity`. */
export function plain(word: string): string {
  return word.replaceAll(/[-_]/g, "").toLowerCase();
}

function indexOf(
  words: (steps: readonly string[]) => readonly string[],
): ReadonlyMap<string, readonly OtherToolsKey[]> {
  const index = new Map<string, OtherToolsKey[]>();
  for (const each of OTHER_TOOLS_KEYS) {
    for (const word of words(stepsOf(each.key)).map(plain)) index.set(word, [...(index.get(word) ?? []), each]);
  }
  return index;
}

const BY_LAST = indexOf((steps) => steps.slice(-1));
/** By each map that keys are in. */
const BY_MAP = indexOf((steps) => steps.slice(0, -1));
const GLOBS = OTHER_TOOLS_KEYS.filter(({ key }) => /^[^.]*\*[^.]*$/.test(key)).map((each) => {
  const [before = "", after = ""] = each.key.split("*");
  return { before, after, each };
});

/**
 * Returns what to use instead of an unknown key that is another tool's.
 *
 * @param map path of the map that has the key
 */
export function otherToolsKey(schema: z.ZodType, map: Path, key: string, value: Tree | undefined): Answer | undefined {
  if (schemaAt(schema, ["tfvars", "workers"]) === undefined) return undefined; // no definition
  const exact = bestOf(candidates(map, key), map);
  const inner = value?.kind === "scalar" || value === undefined ? [] : within(map, key, value);
  if (inner.length > 0 && (exact?.use === undefined || value?.kind === "map")) return innerAnswer(schema, map, inner);
  if (exact !== undefined) return answer(schema, map, exact);
  const around = value?.kind === "map" ? (BY_MAP.get(plain(key)) ?? []) : [];
  const [first] = around;
  return first === undefined
    ? undefined
    : innerAnswer(
        schema,
        map,
        around.map((each) => ({ each, written: each.key })),
      );
}

const WORDS = new Set(OTHER_TOOLS_KEYS.map(({ key }) => key));

/** True if another tool has a key of exactly this spelling. */
export function isOtherToolsWord(key: string): boolean {
  return WORDS.has(key);
}

function candidates(map: Path, key: string): readonly OtherToolsKey[] {
  const found = [
    ...(BY_LAST.get(plain(key)) ?? []),
    ...GLOBS.filter(({ before, after }) => isLike(key, before, after)).map(({ each }) => each),
  ];
  const here = familyOf(sectionOf(map));
  if (/[A-Z_/-]/.test(key)) return found;
  // A word such as `id` or `version` means something only near to what it is about.
  return found.filter((each) => familyOf(each.section) === here || (here === "" && stepsOf(each.key).length === 1));
}

function isLike(key: string, before: string, after: string): boolean {
  return key.length > before.length + after.length && key.startsWith(before) && key.endsWith(after);
}

function bestOf(found: readonly OtherToolsKey[], map: Path): OtherToolsKey | undefined {
  const here = sectionOf(map);
  const rank = ({ section, use }: OtherToolsKey): number =>
    (section === here ? 4 : familyOf(section) === familyOf(here) ? 2 : 0) + (use === undefined ? 0 : 1);
  return [...found].sort((a, b) => rank(b) - rank(a))[0];
}

/** Returns the section of a path; empty for `tfvars` and the root. */
function sectionOf(map: Path): string {
  const [root, section] = map;
  if (root === "meta") return "meta";
  return typeof section === "string" ? (LISTS[section] ?? section) : "";
}

/** Other tools have one map for what is in these sections. */
function familyOf(section: string): string {
  return section === "meta" || section === "common" ? "cluster" : section;
}

/** A key of another tool, and its path in the file. */
interface Written {
  readonly each: OtherToolsKey;
  readonly written: string;
}

/** Returns the known keys that a map of another tool has in it, such as `vpc.nat.gateway`. */
function within(map: Path, key: string, value: Tree): readonly Written[] {
  const around = BY_MAP.get(plain(key)) ?? [];
  const found: Written[] = [];
  const visit = (tree: Tree, path: readonly string[]): void => {
    const inside = tree.kind === "list" ? tree.items[0] : tree;
    if (inside?.kind !== "map") return;
    for (const [step, { value: child }] of inside.entries) {
      const steps = [...path, step];
      const known =
        around.find((each) => endsWith(stepsOf(each.key), steps)) ??
        (/[A-Z_]/.test(step) ? bestOf(BY_LAST.get(plain(step)) ?? [], map) : undefined);
      if (known === undefined) visit(child, steps);
      else found.push({ each: known, written: steps.join(".") });
    }
  };
  if (around.length > 0) visit(value, [key]);
  return found;
}

function endsWith(steps: readonly string[], end: readonly string[]): boolean {
  return (
    end.length <= steps.length && end.every((step, index) => plain(step) === plain(steps.at(index - end.length) ?? ""))
  );
}

/** More than these would not be read. */
const MOST_SHOWN = 4;

function innerAnswer(schema: z.ZodType, map: Path, keys: readonly Written[]): Answer {
  const uses = keys.flatMap(({ each, written }) => {
    const target = each.use === undefined ? undefined : targetOf(schema, map, each.use);
    return target === undefined ? [] : [`${target.text} for ${written}`];
  });
  const [first] = keys as readonly [Written];
  if (uses.length === 0) return answer(schema, map, first.each);
  return { tool: first.each.tool, advice: `Use ${[...new Set(uses)].slice(0, MOST_SHOWN).join(", ")}` };
}

function answer(schema: z.ZodType, map: Path, { tool, use, here }: OtherToolsKey): Answer {
  const target = use === undefined ? undefined : targetOf(schema, map, use);
  if (target === undefined) return { tool, advice: reasonOf(here) };
  const advice = `Use ${target.text}`;
  return { tool, advice, ...(target.path !== undefined && { meant: target.path }) };
}

/** Returns the advice of a row without an equivalent. */
function reasonOf(here: string): string {
  const text = here.replaceAll(/\[([^[\]]*)\]\([^()]*\)/g, "$1").replaceAll("`", "");
  if (text === "none") return "Remove it: there is no such setting here";
  if (text.startsWith("none")) return `Remove it: ${text.replace(/^none[^:]*: /, "")}`;
  if (text === "always") return "Remove it: this is always on";
  return /^(?:always|automatic)/.test(text) ? `Remove it: ${text}` : `Here: ${text}`;
}

/** Returns the target as the reader of a map writes it, and its path if the map is on the way to it. */
function targetOf(schema: z.ZodType, map: Path, use: string): { readonly text: string; readonly path?: Path } {
  const [target = "", value] = use.split(": ");
  const steps = forPool(schema, map, target.startsWith("meta.") ? target.split(".") : ["tfvars", ...target.split(".")]);
  const suffix = value === undefined ? "" : `: ${value}`;
  const around = map.map((step) => (typeof step === "number" ? "*" : (LISTS[step] ?? step)));
  const inList = map[1] !== undefined && map[1] in LISTS ? [...around.slice(0, 2), "*", ...around.slice(2)] : around;
  const isNear = inList.length < steps.length && inList.every((step, index) => step === steps[index]);
  if (!isNear || map.length < 2) {
    const text = `${steps.join(".").replaceAll(".*", "[]")}${suffix}`;
    return steps.includes("*") ? { text } : { text, path: steps };
  }
  const rest = steps.slice(inList.length);
  return {
    text: `${rest.join(".").replaceAll(".*", "[]")}${suffix}`,
    ...(rest.includes("*") ? {} : { path: [...map, ...rest] }),
  };
}

/** Returns the same key of a node pool, if a pool has the key of a worker group. */
function forPool(schema: z.ZodType, map: Path, steps: readonly string[]): readonly string[] {
  if (sectionOf(map) !== "node_pools" || steps[1] !== "workers") return steps;
  const pool = ["tfvars", "node_pools", 0, ...steps.slice(3)];
  return schemaAt(schema, pool) === undefined ? steps : ["tfvars", "node_pools", "*", ...steps.slice(3)];
}

import type { z } from "zod";
import type { Place, Problem } from "../../language/problem";
import { likeliest, listed, nearestFirst } from "../../language/suggest";
import { descend, formatPath, type Path, placeOf, type Tree } from "../../language/yaml/tree";
import { knownKeys, schemaAt } from "./introspect";
import { rightPlace } from "./misplaced-keys";
import { isOtherToolsWord, otherToolsKey, plain } from "./other-tools";
import { SHORTHAND_KEYS } from "./shorthand";
import { quoted } from "./wording";

type UnknownKeys = z.core.$ZodIssueUnrecognizedKeys;

/** The likely intention of an unknown key. */
interface Meaning {
  /** The rest of the message: begins with a comma or a full stop. */
  readonly text: string;
  /** Path that the key was meant to set: the key explains what is wrong there. Absent if it is not known. */
  readonly path?: Path;
  /** The map that has the key, if it is in the wrong one. */
  readonly belongs?: Path;
}

/** Reports the unknown keys of one map; those that belong to one other map together. */
export function unknownKeys(
  root: Tree,
  schema: z.ZodType,
  map: Path,
  keys: readonly string[],
  lacking: readonly string[] = [],
): Problem[] {
  const required = lacking.length === 0 ? "" : `Required here: ${listed(lacking)}`;
  const together = new Map<string, string[]>();
  for (const key of keys) {
    const { belongs } = meaningOf(root, schema, map, key);
    const group = belongs === undefined ? JSON.stringify([key]) : JSON.stringify([belongs, "*"]);
    together.set(group, [...(together.get(group) ?? []), key]);
  }
  return [...together.values()].map((group, index) => {
    const [first = ""] = group;
    const { text, belongs } = meaningOf(root, schema, map, first);
    const several = group.length > 1;
    const subject = several ? `unknown keys ${group.map(quoted).join(", ")}` : `unknown key ${quoted(first)}`;
    const message = `${subject}${several && belongs !== undefined ? belonging(root, map, belongs, "They belong") : text}`;
    return {
      rule: "unknown-key",
      severity: "error",
      place: keyPlace(root, map, first),
      path: formatPath(root, [...map, first]),
      message: index > 0 || required === "" ? message : `${message}${message.endsWith("?") ? " " : ". "}${required}`,
    };
  });
}

/** Where the keys would be that unknown ones were meant to be: what is wrong there is explained by the misspelling. */
export function meantKeys(root: Tree, schema: z.ZodType, issue: z.core.$ZodIssue): Path[] {
  if (issue.code !== "unrecognized_keys") return [];
  const { keys, path } = issue as UnknownKeys;
  return keys.flatMap((key) => {
    const meant = meaningOf(root, schema, path as Path, key).path;
    return meant === undefined ? [] : [meant];
  });
}

export function keyPlace(root: Tree, map: Path, key: string): Place {
  const { tree } = descend(root, map);
  return placeOf((tree.kind === "map" ? tree.entries.get(key) : undefined) ?? tree);
}

function meaningOf(root: Tree, schema: z.ZodType, map: Path, key: string): Meaning {
  const known = knownKeys(schemaAt(schema, map)) ?? [];
  const words = [...known, ...(SHORTHAND_KEYS[pattern(map)] ?? [])];
  const same = words.find((word) => plain(word) === plain(key));
  // A key that is another tool's own word, such as service_ipv6_cidr, is no typo of one that looks alike.
  const typo = same ?? (isOtherToolsWord(key) ? undefined : likeliest(key, words, 1));
  // In a map of few keys, a short word such as `memory` means one of those.
  const near = typo ?? (map.length > 4 && /^[a-z]+$/.test(key) ? likeliest(key, words) : undefined);
  if (near !== undefined) return didYouMean(map, near);
  const { tree } = descend(root, map);
  const value = tree.kind === "map" ? tree.entries.get(key)?.value : undefined;
  const other = otherToolsKey(schema, map, key, value);
  const place = rightPlace(schema, map, key);
  // A short word, such as `iam`, means more to the other tool than where it is a key here.
  if (place !== undefined && (other === undefined || key.includes("_") || other.meant?.at(-1) === key)) {
    const path = place.map.includes("*") ? {} : { path: [...place.map, key] };
    return { text: belonging(root, map, place.map, "It belongs"), belongs: place.map, ...path };
  }
  if (other !== undefined) {
    return { text: `, which is ${other.tool}'s name. ${other.advice}`, ...(other.meant && { path: other.meant }) };
  }
  const meant = likeliest(key, words);
  return meant === undefined ? { text: `. ${knownList(map, key, known)}` } : didYouMean(map, meant);
}

function didYouMean(map: Path, meant: string): Meaning {
  return { text: `. Did you mean ${JSON.stringify(meant)}?`, path: [...map, meant] };
}

/** Returns the sentence about the map that a key belongs to, as the reader of the key's map has to write it. */
function belonging(root: Tree, map: Path, right: Path, belongs: string): string {
  if (right.length === 0) return `. ${belongs} at the beginning of a line`;
  const name = formatPath(
    root,
    right.filter((step) => step !== "*"),
  );
  const shown = right.includes("*") ? `an item of ${name}` : name;
  const isBelow = right.length > map.length && map.every((step, index) => step === right[index]);
  if (map.length > 0 && isBelow) {
    return `. ${belongs} under ${right
      .slice(map.length)
      .filter((step) => step !== "*")
      .join(".")}`;
  }
  if (right.length === 1 && right[0] === "tfvars") {
    const hasIt = root.kind === "map" && root.entries.has("tfvars") && !isDefault(root, "tfvars");
    if (!hasIt) return `. ${belongs} under tfvars: write a line "tfvars:" above`;
    return `. ${belongs} under tfvars: ${map.length === 0 ? "indent" : "move"} ${belongs === "It belongs" ? "it" : "them"}`;
  }
  return `. ${belongs} under ${shown}`;
}

/** True if the key of the root is from another file than the root's own. */
function isDefault(root: Tree, key: string): boolean {
  const entry = root.kind === "map" ? root.entries.get(key) : undefined;
  return entry?.source !== root.source;
}

/** A longer list is cut, and the reference has the rest. Keys have the order of the reference, in which they are written. */
const MOST_KNOWN = 8;

function knownList(map: Path, key: string, known: readonly string[]): string {
  if (known.length <= MOST_KNOWN) return `Known keys: ${listed(known)}`;
  const [root, section] = map;
  const heading = typeof section === "string" ? `${root}${section}` : root;
  const link = root === "tfvars" || root === "meta" ? `#${heading}` : "";
  return `Known keys: ${listed(nearestFirst(key, known), MOST_KNOWN)}; see docs/definition-reference.md${link}`;
}

/** A path with its list positions as `*`, the form in which shorthands are looked up. */
function pattern(path: Path): string {
  return path.map((step) => (typeof step === "number" ? "*" : step)).join(".");
}

import type { Problem } from "../../language/problem";
import { layOver } from "../../language/yaml/merge";
import { descend, formatPath, type MapTree, type Path, type Tree, withEntries } from "../../language/yaml/tree";
import { parseWithPlaces } from "../parse/parse-with-places";
import { withoutValues, wrongKinds } from "../parse/wrong-kinds";
import { definition } from "../schema/definition";
import { writtenOut } from "./read-definition";

/** The part of a layer that clusters inherit. */
export interface InheritedPart {
  /** Without the values that stand in place of a map or a list: a cluster's own map would replace them, and lose what lies below. */
  readonly part: MapTree;
  /** Paths of those values. Of one in a list it is the list, because other layers move its items. */
  readonly refused: readonly Path[];
  readonly problems: readonly Problem[];
}

const parts = new WeakMap<MapTree, InheritedPart>();

/** Returns the part of the defaults that clusters inherit: everything that a definition may contain. */
export function definitionPart(defaults: MapTree): InheritedPart {
  return inheritedPart(defaults, ["meta", "tfvars"]);
}

/** Returns the part of another layer's file that clusters inherit. */
export function layeredPart(root: MapTree): InheritedPart {
  return inheritedPart(root, ["tfvars"]);
}

/** Keeps what it found, because each cluster of a layer needs it. */
function inheritedPart(root: MapTree, keys: readonly string[]): InheritedPart {
  const known = parts.get(root) ?? checkedPart(only(root, keys));
  parts.set(root, known);
  return known;
}

/** Lays the part of a layer over that of lower ones. */
export function laidOver(under: InheritedPart, over: InheritedPart): InheritedPart {
  return {
    part: layMapOver(under.part, over.part),
    refused: [...under.refused, ...over.refused],
    problems: [...under.problems, ...over.problems],
  };
}

function checkedPart(part: MapTree): InheritedPart {
  const wrong = wrongKinds(definition, part);
  if (wrong.length === 0) return { part, refused: [], problems: [] };
  const right = withoutValues(part, wrong);
  const names = new Set(wrong.map((path) => formatPath(part, path)));
  const { problems } = parseWithPlaces(part, definition, { partial: true });
  return {
    part: right.kind === "map" ? right : part,
    refused: wrong.map((path) => path.slice(0, firstPosition(path))),
    problems: problems.filter(({ path }) => names.has(path)),
  };
}

function firstPosition(path: Path): number | undefined {
  const position = path.findIndex((step) => typeof step === "number");
  return position < 0 ? undefined : position;
}

function only(root: MapTree, keys: readonly string[]): MapTree {
  return { ...root, entries: new Map([...root.entries].filter(([key]) => keys.includes(key))) };
}

/** Returns the defaults of accounts or tiers; undefined if they cannot be read. */
export function ownDefaults(defaults: MapTree, kind: "account" | "tier"): MapTree | undefined {
  const part = defaults.entries.get(`${kind}_defaults`)?.value;
  return part?.kind === "map" ? part : undefined;
}

/** Returns the layers that are the values of a map, with their shorthands written out. */
export function partsOf(
  map: Tree | undefined,
  prefix: string,
): { readonly parts: ReadonlyMap<string, MapTree>; readonly problems: readonly Problem[] } {
  const parts = new Map<string, MapTree>();
  const problems: Problem[] = [];
  for (const [name, { value }] of map?.kind === "map" ? map.entries : []) {
    if (value.kind !== "map") continue;
    const written = writtenOut(value);
    problems.push(...written.problems.map((problem) => ({ ...problem, path: `${prefix}${name}.${problem.path}` })));
    parts.set(name, written.root);
  }
  return { parts, problems };
}

export function layMapOver(under: MapTree, over: MapTree): MapTree {
  const merged = layOver(under, over);
  return merged.kind === "map" ? merged : over;
}

const ADDONS = ["tfvars", "addons"] as const;

/** Returns the addons whose switch a part sets, in the order of the part. */
export function switchesOf(part: MapTree): readonly string[] {
  const { complete, tree } = descend(part, ADDONS);
  if (!complete || tree.kind !== "map") return [];
  return [...tree.entries].flatMap(([name, { value }]) =>
    value.kind === "map" && value.entries.has("enabled") ? [name] : [],
  );
}

/** Returns a part without the sections of the other addons that it switches. */
export function withSwitched(part: MapTree, addons: readonly string[]): MapTree {
  const tfvars = part.entries.get("tfvars");
  const sections = tfvars?.value.kind === "map" ? tfvars.value.entries.get("addons") : undefined;
  if (tfvars?.value.kind !== "map" || sections?.value.kind !== "map") return part;
  const gone = switchesOf(part).filter((name) => !addons.includes(name));
  const kept = withEntries(sections.value, Object.fromEntries(gone.map((name) => [name, undefined])));
  const value = withEntries(tfvars.value, { addons: { ...sections, value: kept } });
  return withEntries(part, { tfvars: { ...tfvars, value } });
}

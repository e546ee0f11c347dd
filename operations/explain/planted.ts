import { isMap, type PlainMap } from "../../language/plain-map";
import { type Entry, type MapTree, type Path, type Source, type Tree, withEntries } from "../../language/yaml/tree";

/** Returns a map with another value at a path; maps on the way to it are created. `undefined` removes the key or the item. */
export function planted(tree: MapTree, path: Path, value: unknown): MapTree {
  const changed = plantedIn(tree, path, value, tree);
  return changed?.kind === "map" ? changed : tree;
}

type Where = Pick<Tree, "source" | "offset">;

function plantedIn(tree: Tree | undefined, [step, ...rest]: Path, value: unknown, where: Where): Tree | undefined {
  if (step === undefined) return value === undefined ? undefined : treeOfValue(value, tree ?? where);
  if (tree?.kind === "list") {
    const items = tree.items.flatMap((item, index) =>
      index === step ? (plantedIn(item, rest, value, item) ?? []) : [item],
    );
    return { ...tree, items };
  }
  const map: MapTree = tree?.kind === "map" ? tree : { kind: "map", entries: new Map(), ...placed(where) };
  const entry = map.entries.get(String(step));
  const inner = plantedIn(entry?.value, rest, value, entry?.value ?? map);
  const changed: Entry | undefined = inner && { ...placed(map), ...entry, value: inner };
  return withEntries(map, { [step]: changed });
}

function placed({ source, offset }: Where): { readonly source: Source; readonly offset: number } {
  return { source, offset };
}

function treeOfValue(value: unknown, where: Where): Tree {
  const place = placed(where);
  if (Array.isArray(value)) return { kind: "list", items: value.map((item) => treeOfValue(item, place)), ...place };
  if (isMap(value)) {
    const entries = Object.entries(value).map(
      ([key, child]) => [key, { value: treeOfValue(child, place), ...place }] as const,
    );
    return { kind: "map", entries: new Map(entries), ...place };
  }
  const scalar = value as string | number | boolean | null;
  return { kind: "scalar", value: scalar, text: String(scalar), plain: false, ...place };
}

/** Returns plain data with another value at a path. */
export function plantedInData<Data>(data: Data, [step, ...rest]: Path, value: unknown): Data {
  if (step === undefined) return value as Data;
  if (Array.isArray(data))
    return data.map((item, index) => (index === step ? plantedInData(item, rest, value) : item)) as Data;
  const map: PlainMap = isMap(data) ? data : {};
  return { ...map, [step]: plantedInData(map[step], rest, value) } as Data;
}

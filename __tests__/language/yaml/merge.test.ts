import fc from "fast-check";
import { stringify } from "yaml";
import { plainValue } from "../../../fleet/parse/values";
import { layOver } from "../../../language/yaml/merge";
import { parseYaml } from "../../../language/yaml/parse";
import { descend, formatPath, type MapTree, type Path, placeOf, type Tree } from "../../../language/yaml/tree";

function tree(text: string, file = "a.yaml"): MapTree {
  const { root, problems } = parseYaml(file, new TextEncoder().encode(text));
  expect(problems).toEqual([]);
  if (root === undefined) throw new Error("no root");
  return root;
}

const merged = (...layers: readonly string[]): unknown =>
  plainValue(
    layers.map((text, index) => tree(text, `${index}.yaml`)).reduce<Tree>(layOver, tree("{}", "nothing.yaml")),
    undefined,
  );

describe("merging an upper layer over a lower", () => {
  test("merges maps at every level", () => {
    expect(merged("a: { b: 1, c: { d: 2 } }", "a: { c: { e: 3 }, f: 4 }")).toEqual({
      a: { b: 1, c: { d: 2, e: 3 }, f: 4 },
    });
  });

  test("keeps the lower map below an empty map", () => {
    expect(merged("a: { b: 1 }", "a: {}")).toEqual({ a: { b: 1 } });
  });

  test("merges lists by name if every item has one, and appends new items", () => {
    expect(merged("l: [{ name: x, a: 1, b: 1 }, { name: y }]", "l: [{ name: z }, { name: x, b: 2 }]")).toEqual({
      l: [{ name: "x", a: 1, b: 2 }, { name: "y" }, { name: "z" }],
    });
  });

  test.each([
    ["scalars", "l: [1, 2]", "l: [3]", [3]],
    ["an item without a name below", "l: [{ name: x }, { a: 1 }]", "l: [{ name: x }]", [{ name: "x" }]],
    ["an item without a name above", "l: [{ name: x, a: 1 }]", "l: [{ name: x }, { b: 1 }]", [{ name: "x" }, { b: 1 }]],
    ["a name that is no text", "l: [{ name: x, a: 1 }]", "l: [{ name: 1 }]", [{ name: 1 }]],
    ["an empty list above", "l: [{ name: x }]", "l: []", []],
    ["an empty list below", "l: []", "l: [{ name: x }]", [{ name: "x" }]],
  ])("replaces every other list: %s", (_, below, above, expected) => {
    expect(merged(below, above)).toEqual({ l: expected });
  });

  test.each([
    ["a map by a scalar", "a: { b: 1 }", "a: 2", 2],
    ["a scalar by a map", "a: 2", "a: { b: 1 }", { b: 1 }],
    ["a list by a map", "a: [1]", "a: { b: 1 }", { b: 1 }],
    ["anything by null", "a: { b: 1 }", "a: null", null],
  ])("replaces %s", (_, below, above, expected) => {
    expect(merged(below, above)).toEqual({ a: expected });
  });

  test("ignores the values below a null", () => {
    expect(merged("a: { b: 1 }", "a: null", "a: { c: 2 }")).toEqual({ a: { c: 2 } });
  });

  const plain = fc.letrec<{ map: Record<string, unknown>; value: unknown }>((tie) => ({
    map: fc.dictionary(fc.constantFrom("a", "b", "c", "name"), tie("value"), { maxKeys: 4 }),
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.constantFrom("x", "y"),
      fc.boolean(),
      fc.array(fc.constantFrom("x", "y"), { maxLength: 2 }),
      fc.uniqueArray(tie("map"), { maxLength: 2, selector: (item) => item["name"] }), // twins are refused before
      tie("map"),
    ),
  }));
  const layer = plain.map.map((value) => stringify(value));

  test("an empty layer changes nothing, and a layer twice equals the layer once", () => {
    fc.assert(fc.property(layer, (text) => expect(merged(text, "{}")).toEqual(merged(text))));
    fc.assert(fc.property(layer, (text) => expect(merged("{}", text)).toEqual(merged(text))));
  });

  test("the order in which three layers merge does not matter", () => {
    fc.assert(
      fc.property(layer, layer, layer, (low, middle, high) => {
        const [a, b, c] = [low, middle, high].map((text) => tree(text)) as [MapTree, MapTree, MapTree];
        const result = layOver(a, layOver(b, c));
        expect(plainValue(result, undefined)).toEqual(plainValue(layOver(layOver(a, b), c), undefined));
      }),
    );
  });

  test("every leaf of the upper layer wins", () => {
    fc.assert(
      fc.property(layer, layer, (below, above) => {
        const top = tree(above, "above.yaml");
        const result = layOver(tree(below, "below.yaml"), top);
        const leaves = (node: Tree, path: Path): Path[] =>
          node.kind === "map"
            ? [...node.entries].flatMap(([key, { value }]) => leaves(value, [...path, key]))
            : node.kind === "scalar"
              ? [path]
              : [];
        for (const path of leaves(top, [])) {
          const found = descend(result, path);
          expect(found.complete).toBe(true);
          expect(found.tree.source.file).toBe("above.yaml");
        }
      }),
    );
  });
});

describe("a merged value keeps", () => {
  test.each<[string, (defaults: Tree, tier: Tree, cluster: Tree) => Tree]>([
    ["from below", (defaults, tier, cluster) => layOver(layOver(defaults, tier), cluster)],
    ["from above", (defaults, tier, cluster) => layOver(defaults, layOver(tier, cluster))],
  ])("its place, and the places of all values that it replaces, merged %s", (_, lay) => {
    const result = lay(
      tree("a:\n  b: 1\n", "defaults.yaml"),
      tree("a: { b: 2 }\n", "tier.yaml"),
      tree("# x\na:\n  b:   3\n", "cluster.yaml"),
    );
    const chain: unknown[] = [];
    for (let at: Tree | undefined = descend(result, ["a", "b"]).tree; at !== undefined; at = at.overrode)
      chain.push([at.kind === "scalar" && at.value, placeOf(at)]);
    expect(chain).toEqual([
      [3, { file: "cluster.yaml", line: 3, column: 8 }],
      [2, { file: "tier.yaml", line: 1, column: 9 }],
      [1, { file: "defaults.yaml", line: 2, column: 6 }],
    ]);
  });

  test("the whole list that it replaces", () => {
    const result = layOver(tree("l: [1, 2]", "below.yaml"), tree("l: [3]", "above.yaml"));
    const { overrode } = descend(result, ["l"]).tree;
    expect(overrode && plainValue(overrode, undefined)).toEqual([1, 2]);
    expect(overrode && placeOf(overrode)).toEqual({ file: "below.yaml", line: 1, column: 4 });
  });

  test("one place per key of an item that merged by name", () => {
    const result = layOver(
      tree("l:\n  - name: x\n    a: 1\n    b: 1\n", "below.yaml"),
      tree("l: [{ name: x, b: 2 }]", "above.yaml"),
    );
    expect(placeOf(descend(result, ["l", 0, "a"]).tree)).toEqual({ file: "below.yaml", line: 3, column: 8 });
    expect(placeOf(descend(result, ["l", 0, "b"]).tree)).toEqual({ file: "above.yaml", line: 1, column: 19 });
    expect(formatPath(result, ["l", 0, "b"])).toBe("l[x].b");
  });

  test("the lower value unchanged", () => {
    const below = tree("a: { b: 1 }", "below.yaml");
    layOver(below, tree("a: { b: 2 }", "above.yaml"));
    expect(plainValue(below, undefined)).toEqual({ a: { b: 1 } });
  });
});

import type { PlainMap } from "../../../language/plain-map";
import { Baseline, together } from "../../../operations/explain/changes";
import type { Rendered } from "../../../operations/explain/elements";

function rendered(elements: Readonly<Record<string, PlainMap>>): Rendered {
  const each = Object.entries(elements).map(([address, body]) => [address, { body, path: "" }] as const);
  return new Map([["addons", new Map(each)]]);
}

function changes(before: Readonly<Record<string, PlainMap>>, after: Readonly<Record<string, PlainMap>>): string[] {
  return new Baseline(rendered(before))
    .changesIn(rendered(after))
    .map(({ address, attributes, effect }) => [address, effect, ...attributes.map(({ path }) => path)].join(" "));
}

test.each<[string, PlainMap, PlainMap, string[]]>([
  ["the deepest attribute that differs is named", { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, ["x.y attributes a.c"]],
  ["items of equally long lists are compared", { a: [1, 2] }, { a: [1, 3] }, ["x.y attributes a[1]"]],
  ["lists of different lengths differ as a whole", { a: [1, 2] }, { a: [1] }, ["x.y attributes a"]],
  ["text that is JSON is compared by its keys", { v: '{"a":1,"b":2}' }, { v: '{"a":1,"b":3}' }, ["x.y attributes v.b"]],
  [
    "JSON with an expression that has quotes is JSON",
    { v: '{"a":"${x["k"]}","b":2}' },
    { v: '{"a":"${x["k"]}","b":3}' },
    ["x.y attributes v.b"],
  ],
  ["text that only looks like JSON differs as a whole", { v: "{a}" }, { v: "{b}" }, ["x.y attributes v"]],
  [
    "a key that was invented for the trial is not shown",
    { t: {} },
    { t: { "another-value": 1 } },
    ["x.y attributes t"],
  ],
  ["the same is no change", { a: 1 }, { a: 1 }, []],
])("%s", (_, before, after, expected) => {
  expect(changes({ "x.y": before }, { "x.y": after })).toEqual(expected);
});

test("an element that is gone existed because of the value, and an added one is absent because of it", () => {
  expect(changes({ "x.a": {}, "x.b": {} }, { "x.b": {} })).toEqual(["x.a existence"]);
  expect(changes({ "x.b": {} }, { "x.a": {}, "x.b": {} })).toEqual(["x.a absence"]);
});

test("the new element in place of a renamed one is not reported", () => {
  expect(changes({ "x.a": {} }, { "x.b": {} })).toEqual(["x.a existence"]);
  expect(changes({ "x.a": {} }, { "y.b": {} })).toEqual(["y.b absence", "x.a existence"]);
});

test("of several trials, existence outweighs attributes, and attributes are combined", () => {
  const at = { stack: "addons", address: "x.y" } as const;
  const path = (name: string) => ({ path: name, value: 1 });
  expect(
    together([
      { ...at, effect: "attributes", attributes: [path("a")] },
      { ...at, effect: "attributes", attributes: [path("a"), path("b")] },
      { ...at, effect: "existence", attributes: [] },
    ]),
  ).toEqual([{ ...at, effect: "existence", attributes: [path("a"), path("b")] }]);
});

import { differences, pathText } from "../../../operations/diff/values";

const told = (before: unknown, after: unknown): string[] =>
  differences(before, after).map(
    ({ path, before: old, after: now }) => `${pathText(path)}: ${JSON.stringify(old)} -> ${JSON.stringify(now)}`,
  );

test.each([
  ["a changed value", { a: { b: 1 } }, { a: { b: 2 } }, ["a.b: 1 -> 2"]],
  ["keys with dots", { "k8s.io/x": 1 }, { "k8s.io/x": 2 }, ['["k8s.io/x"]: 1 -> 2']],
  ["text, numbers and booleans that Terraform converts", { a: "1", b: true }, { a: 1, b: "true" }, []],
  [
    "one more item of a list with names",
    { x: [{ name: "a" }, { name: "c" }] },
    { x: [{ name: "a" }, { name: "b" }, { name: "c" }] },
    ['x[b]: undefined -> {"name":"b"}'],
  ],
  ["one more text of a list, at its beginning", { x: ["b", "c"] }, { x: ["a", "b", "c"] }, ['x[]: undefined -> "a"']],
  ["another order of a list", { x: ["a", "b"] }, { x: ["b", "a"] }, ['x: ["a","b"] -> ["b","a"]']],
  ["a block as an object and as a list of one", { x: { a: 1 } }, { x: [{ a: 2 }] }, ["x.a: 1 -> 2"]],
  [
    "Kubernetes objects by kind, namespace and name",
    { x: [{ kind: "A", metadata: { name: "n", namespace: "s" }, spec: 1 }] },
    {
      x: [
        { kind: "B", metadata: { name: "n" } },
        { kind: "A", metadata: { name: "n", namespace: "s" }, spec: 2 },
      ],
    },
    ["x[A/s/n].spec: 1 -> 2", 'x[B/n]: undefined -> {"kind":"B","metadata":{"name":"n"}}'],
  ],
  [
    "JSON in text, with references that contain quotes",
    { values: ['{"a":"${x.y["z"]}","b":{"c":1}}'] },
    { values: ['{"a":"${x.y["z"]}","b":{"c":2}}'] },
    ["values.b.c: 1 -> 2"],
  ],
  [
    "lines of a text that is encoded",
    { user_data: '${base64encode("a\\nb")}' },
    { user_data: '${base64encode("a\\nc")}' },
    ['user_data[]: "b" -> "c"'],
  ],
  ["keys that every object inherits", { x: {} }, { x: { constructor: 1 } }, ["x.constructor: undefined -> 1"]],
])("compares %s", (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
});

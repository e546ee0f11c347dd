import { NOT_SHOWN, shown } from "../../../operations/explain/shown";

test.each<[string, unknown, readonly string[], unknown]>([
  ["text under a key that names a secret", "word", ["values", "adminPassword"], NOT_SHOWN],
  [
    "text below a section",
    { adminPassword: "word", user: "admin" },
    ["values"],
    { adminPassword: NOT_SHOWN, user: "admin" },
  ],
  ["items of such a list", ["word"], ["values", "password"], [NOT_SHOWN]],
])("%s is not shown", (_, value, path, expected) => {
  expect(shown(value, path)).toEqual(expected);
});

test.each<[string, unknown, readonly string[]]>([
  ["an empty text", "", ["tfvars", "common", "teleport_token"]],
  ["a switch", true, ["values", "createPassword"]],
  ["a key of Kubernetes", "topology.kubernetes.io/zone", ["values", "topologyKey"]],
])("%s is shown", (_, value, path) => {
  expect(shown(value, path)).toBe(value);
});

import { valuesText } from "../../../constructs/values/values-text";

const merged = (ours: object, raw: object) => JSON.parse(valuesText({ ...ours }, { ...raw }));

test("the definition's values take precedence at any depth", () => {
  const ours = { replicas: 2, pod: { cpu: "1", memory: "2Gi" }, tolerations: [{ key: "a" }, { key: "b" }] };

  expect(merged(ours, { replicas: 0, pod: { cpu: "4" }, extra: { on: false } })).toEqual({
    replicas: 0,
    pod: { cpu: "4", memory: "2Gi" },
    tolerations: [{ key: "a" }, { key: "b" }],
    extra: { on: false },
  });
});

test.each([
  ["a list is replaced, not joined", { list: [1, 2] }, { list: [3] }, { list: [3] }],
  ["null stays null: Helm then drops the chart's own default", { pod: { cpu: "1" } }, { pod: null }, { pod: null }],
  ["a map replaces what is no map", { value: "text" }, { value: { a: 1 } }, { value: { a: 1 } }],
  ["empty is a value", { value: { a: 1 }, text: "x" }, { text: "" }, { value: { a: 1 }, text: "" }],
])("%s", (_what, ours, raw, expected) => {
  expect(merged(ours, raw)).toEqual(expected);
});

test("is compact JSON with sorted keys, whatever the order in the file", () => {
  const text = '{"a":{"x":1,"y":[{"m":1,"n":2}]},"b":2}';

  expect(valuesText({ b: 2, a: { y: [{ n: 2, m: 1 }] } }, { a: { x: 1 } })).toBe(text);
  expect(valuesText({ a: { y: [{ m: 1, n: 2 }] }, b: 2 }, { a: { x: 1 } })).toBe(text);
});

test("quotes within a reference stay unescaped for Terraform, and all others are escaped as in JSON", () => {
  expect(valuesText({ id: '${data.x.subnet_ids["us-east-1a"]}', say: 'a "b"' }, { host: '${HOST["c"]}' })).toBe(
    String.raw`{"host":"$${"$"}{HOST[\"c\"]}","id":"${"$"}{data.x.subnet_ids["us-east-1a"]}","say":"a \"b\""}`,
  );
});

test("Terraform evaluates the program's references, and leaves similar text of a definition or chart unchanged", () => {
  expect(
    valuesText(
      { vpcId: "${data.terraform_remote_state.networking.outputs.vpc_id}", prefix: "%{type}" },
      { host: "${HOST}" },
    ),
  ).toBe('{"host":"$${HOST}","prefix":"%%{type}","vpcId":"${data.terraform_remote_state.networking.outputs.vpc_id}"}');
});

test("a reference keeps its quotes, and text of a definition that looks like one does not become one", () => {
  expect(valuesText({ id: '${data.x.ids["eu-west-1a"]}', name: 'say "x"' }, { raw: '${NAME:-"x"}' })).toBe(
    '{"id":"${data.x.ids["eu-west-1a"]}","name":"say \\"x\\"","raw":"$${NAME:-\\"x\\"}"}',
  );
});

test("keys of a definition are text too, and an escape in the definition stays unchanged", () => {
  expect(valuesText({}, { "${KEY}": "$${HOST}", "%{k}": "%%{x}" })).toBe('{"$${KEY}":"$$${HOST}","%%{k}":"%%%{x}"}');
});

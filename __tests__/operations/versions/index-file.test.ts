import { versionsInIndex } from "../../../operations/versions/index-file";

const URL = "https://charts.example.com/index.yaml";
const of = (text: string, chart = "loki") => {
  try {
    return versionsInIndex(text, chart, URL);
  } catch (error) {
    return (error as Error).message;
  }
};

/** An index as Helm writes it. */
const HELM = `apiVersion: v1
entries:
  alloy:
  - name: alloy
    version: 9.9.9
  loki:
  - annotations:
      artifacthub.io/changes: |
        - version: 7.7.7
    apiVersion: v2
    dependencies:
    - name: minio
      repository: https://charts.min.io/
      version: 5.4.0
    description: 'text over
      two lines'
    kubeVersion: '>=1.25.0-0'
    name: loki
    version: 18.11.0
  - name: loki
    version: "18.10.0"
  - deprecated: true
    kubeVersion: ^1.10.0-0
    version: 18.9.0
  loki-stack:
  - version: 3.3.3
generated: "2026-11-30T00:00:00Z"
`;

/** As other tools write it: items of a list are indented. */
const INDENTED = `entries:
  loki:
    - kubeVersion: ">=1.25.0-0"
      version: 18.11.0
    - version: 18.10.0
      dependencies:
        - version: 1.0.0
    - version: 18.9.0
      deprecated: true
`;

const EXPECTED = [
  { version: "18.11.0", kubeVersion: ">=1.25.0-0" },
  { version: "18.10.0", kubeVersion: null },
];

test("the versions of one chart are read, without deprecated ones and those of its dependencies", () => {
  expect(of(HELM)).toEqual(EXPECTED);
});

test.each([
  ["another indentation", INDENTED],
  [
    "JSON",
    JSON.stringify({ entries: { loki: EXPECTED.map(({ version, kubeVersion }) => ({ version, kubeVersion })) } }),
  ],
])("an index in %s has the same versions", (_, text) => {
  expect(of(text)).toEqual(EXPECTED);
});

test("a chart whose name is the beginning of another one's is not that one", () => {
  expect(of(HELM, "loki-stack")).toEqual([{ version: "3.3.3", kubeVersion: null }]);
  expect(of(HELM, "lok")).toBe(`${URL} has no chart lok`);
});

test.each(["constructor", "alloy.", "(loki"])("there is no chart %s", (chart) => {
  expect(of(HELM, chart)).toBe(`${URL} has no chart ${chart}`);
});

test.each([
  ["a page", "<html><body>Not found: {</body></html>"],
  ["an empty file", ""],
  ["broken YAML", "entries:\n  loki:\n    - version: [\n"],
  ["a bomb of aliases", "a: &a [1]\nentries: { loki: [*a] }\n"],
])("refuses %s as an index of charts", (_, text) => {
  expect(of(text)).toBe(`${URL} is not an index of charts`);
});

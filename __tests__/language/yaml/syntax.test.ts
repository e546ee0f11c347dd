import { parseYaml } from "../../../language/yaml/parse";
import { placeOf } from "../../../language/yaml/tree";

const places = (text: string): string[] =>
  parseYaml("x.yaml", Buffer.from(text)).problems.map(({ place }) => `${place?.line}:${place?.column}`);

test("reports one error of a line that is indented wrongly, whatever follows it", () => {
  const rest = Array.from({ length: 200 }, (_, index) => `key_${index}:\n  inner: [a, b]\n`).join("");

  expect(places(` meta:\n  CLUSTER_NAME: x\n${rest}`)).toHaveLength(1);
  expect(places(`  a: 1\nb: x\n  y\nc: 1\n${rest}`)).toHaveLength(1);
});

test("reports at most 3 errors of lines that a tab indents", () => {
  expect(places(`a:\n${"\tb: 1\n".repeat(20)}`).length).toBeLessThanOrEqual(3);
});

test("reports an unresolved merge of git as what it is, and text that only looks like one not at all", () => {
  const markers = "<<<<<<< HEAD\n  b: 1\n=======\n  b: 2\n>>>>>>> other\n";
  const messages = (text: string): string[] =>
    parseYaml("x.yaml", Buffer.from(text)).problems.map(({ message, place }) => `${place?.line} ${message}`);

  expect(messages(`a:\n${markers}`)).toEqual([
    "2 has an unresolved merge conflict of git. Keep the lines that are right, and remove those that begin with <<<<<<<, ======= and >>>>>>>",
  ]);
  expect(messages(`a: |\n${markers.replace(/^/gm, "  ")}`)).toEqual([]);
});

test("counts the lines of plain, quoted and block text, also after a syntax error", () => {
  const text = 'a: one\n  two\n  three\nb: "one\n  two"\nc: |\n  one\n\n  two\nd: &x 1\ne: *x\n';
  const { root } = parseYaml("x.yaml", Buffer.from(text));
  const lines = [...(root?.entries ?? [])].map(([key, entry]) => `${key}:${placeOf(entry).line}`);

  expect(lines).toEqual(["a:1", "b:4", "c:6", "d:10", "e:11"]);
  expect(places('a: "\\q"\nb: x\n  y\nc: |\n  z\n  z\nd: "\\q"\n')).toEqual(["1:5", "7:5"]);
});

test("counts the first and the last character of a file, and what is behind it", () => {
  const { source } = parseYaml("x.yaml", Buffer.from("a: 1\nb: 2\n"));

  expect([0, 4, 5, 9, 10, 99].map((offset) => source.lines.at(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 5 },
    { line: 2, column: 1 },
    { line: 2, column: 5 },
    { line: 3, column: 1 },
    { line: 3, column: 90 },
  ]);
});

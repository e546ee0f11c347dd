import { table } from "../../../cli/shared/table";
import type { Terminal } from "../../../cli/shared/terminal";

const pipe: Terminal = { colours: false, width: undefined };
const of = (width: number): Terminal => ({ colours: false, width });
const HEAD = ["name", { title: "pods", align: "right" }] as const;

test("columns are as wide as their content, and lines have no trailing blanks", () => {
  expect(
    table(
      HEAD,
      [
        ["a.example.com", 7],
        ["b", 1000],
      ],
      pipe,
    ),
  ).toBe(["name           pods", "a.example.com     7", "b              1000"].join("\n"));
});

test("the widest column wraps after a dot, a dash or a blank until the table fits", () => {
  expect(table(["name", "zone"], [["staging.dev.example.com", "eu-west-1a"]], of(24))).toBe(
    ["name          zone", "staging.dev.  eu-west-1a", "example.com"].join("\n"),
  );
});

test("a number does not wrap at its dot", () => {
  expect(table(["release"], [["stable: 2026.12"]], of(9))).toBe(["release", "stable:", "2026.12"].join("\n"));
});

test("a number with a separator of thousands stays whole", () => {
  expect(table(["needs"], [["3,410 of 4,091"]], of(9))).toBe(["needs", "3,410 of", "4,091"].join("\n"));
});

test("a word that is longer than its column is cut", () => {
  expect(table(["name"], [["a".repeat(25)]], of(10))).toBe(
    ["name", "a".repeat(10), "a".repeat(10), "a".repeat(5)].join("\n"),
  );
});

test.each([undefined, 80])("no line is longer than 80 columns with a width of %s", (width) => {
  const row = Array.from({ length: 8 }, () => "production.eks.example.com");
  const lines = table(row, [row], { colours: false, width }).split("\n");

  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("each line of a wrapped cell is painted by itself", () => {
  const paint = (text: string): string => `<${text}>`;

  expect(table(["a"], [[{ text: "one two", paint }]], of(6))).toBe(["a", "<one>", "<two>"].join("\n"));
});

test("rows are paragraphs in a terminal that is too narrow for the columns, which wrap too, but for whole ones", () => {
  const head = ["name", "owner", { title: "file", whole: true }] as const;
  const rows = [
    ["staging.dev.example.com", "platform", "clusters/staging.yaml"],
    ["b", "", "b.yaml"],
  ];

  expect(table(head, rows, of(21))).toBe(
    [
      "name: staging.dev.",
      "example.com",
      "owner: platform",
      "file: clusters/staging.yaml",
      "",
      "name: b",
      "file: b.yaml",
    ].join("\n"),
  );
});

test("a table stays a table as long as each column can have 6 characters", () => {
  expect(table(["name", "zone"], [["a", "b"]], of(14))).toBe("name  zone\na     b");
});

test("a letter that needs two columns of the terminal moves no later cell, and is not wider than its column", () => {
  expect(
    table(
      ["owner", "zone"],
      [
        ["日本", "a"],
        ["ab", "b"],
      ],
      pipe,
    ),
  ).toBe(["owner  zone", "日本   a", "ab     b"].join("\n"));
  expect(table(["a"], [["日本語日本"]], of(6))).toBe(["a", "日本語", "日本"].join("\n"));
});

test("a line break in a cell begins a line of that cell", () => {
  expect(table(["a", "b"], [["one\ntwo", "x"]], pipe)).toBe(["a    b", "one  x", "two"].join("\n"));
});

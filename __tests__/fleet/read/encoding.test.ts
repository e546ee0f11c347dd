import { problemsOf, SMALLEST } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const told = (content: string | Uint8Array): string[] => problemsOf({ [FILE]: content });

describe("the bytes of a file", () => {
  test("accepts a byte-order mark", () => {
    expect(told(`\uFEFF${SMALLEST}`)).toEqual([]);
  });

  test("does not count a byte-order mark as a column", () => {
    expect(told("\uFEFFmeta: x\n")).toContain(`${FILE}:1:7 meta: must be a map of keys, got "x"`);
  });

  test("counts lines that end with CRLF", () => {
    expect(told(SMALLEST.replaceAll("\n", "\r\n").replace("us-east-1", "us-east-9"))).toEqual([
      `${FILE}:5:17 tfvars.common.aws_region: unknown region "us-east-9". Did you mean "us-east-1"?`,
    ]);
  });

  test.each([
    ["UTF-16 with a mark", Buffer.from(`\uFEFF${SMALLEST}`, "utf16le"), "1:1"],
    ["UTF-16 without one", Buffer.from(SMALLEST, "utf16le"), "1:2"],
    ["latin1", Buffer.from(`${SMALLEST}# Köln`, "latin1"), "8:4"],
    ["a zero byte", Buffer.from(`${SMALLEST}# \0`), "8:3"],
  ])("refuses %s", (_, bytes, place) => {
    expect(told(bytes)).toEqual([`${FILE}:${place} is not UTF-8 text. Save the file as UTF-8`]);
  });
});

describe("a file that would exhaust time or stack", () => {
  test("is refused above 1 MiB", () => {
    expect(told(`# ${"x".repeat(1024 * 1024)}`)).toEqual([
      `${FILE}:1:1 is larger than 1 MiB, which is too large for a definition`,
    ]);
  });

  test("is refused above 20,000 values", () => {
    expect(told(`a: [${"1,".repeat(30_000)}]`)).toEqual([
      `${FILE}:1:1 contains more than 20000 values, which is too large for a definition`,
    ]);
  });

  test("is refused above 64 levels", () => {
    expect(told(`a: ${"[".repeat(100)}${"]".repeat(100)}`)).toEqual([
      `${FILE}:1:1 nests values more than 64 levels deep`,
    ]);
  });

  test.each([
    ["brackets", `a: ${"[".repeat(100_000)}`],
    ["dashes", "- ".repeat(100_000)],
    ["keys", Array.from({ length: 1_300 }, (_, level) => `${" ".repeat(level)}a:\n`).join("")],
  ])("is refused with levels that overflow the parser: %s", (_, text) => {
    const [problem, ...others] = told(text);
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^clusters\/a\.example\.com\.yaml:\d+:\d+ (nests its values too deeply. A definition has about ten levels|nests values more than 64 levels deep)$/,
    );
  });

  test("is refused if aliases in maps expand to more than 20,000 values", () => {
    const levels = Array.from({ length: 8 }, (_, level) =>
      level === 0
        ? "a0: &a0 { x: 1 }"
        : `a${level}: &a${level} { ${"abcdefgh"
            .split("")
            .map((key) => `${key}: *a${level - 1}`)
            .join(", ")} }`,
    );
    expect(told(levels.join("\n"))).toEqual([
      `${FILE}:1:1 aliases expand this file to more than 20000 values. Write the values out, or use fewer aliases`,
    ]);
  });
});

import { DefinitionError, formatProblem, inReadingOrder, type Problem } from "../../language/problem";

const at = (file: string, line: number, column: number, rest: Partial<Problem> = {}): Problem => ({
  rule: "invalid-value",
  severity: "error",
  place: { file, line, column },
  path: "a.b",
  message: "is wrong",
  ...rest,
});

describe("a formatted problem", () => {
  test("shows place, path and message", () => {
    expect(formatProblem(at("x.yaml", 2, 3))).toBe("x.yaml:2:3 error: a.b: is wrong");
    expect(formatProblem(at("x.yaml", 2, 3, { path: "" }))).toBe("x.yaml:2:3 error: is wrong");
    expect(formatProblem(at("x.yaml", 2, 3, { severity: "warning" }))).toBe("x.yaml:2:3 warning: a.b: is wrong");
    expect(formatProblem(at("x.yaml", 2, 3, { place: null }))).toBe("error: a.b: is wrong");
  });

  test("shows the clusters with the problem", () => {
    expect(formatProblem(at("x.yaml", 2, 3, { clusters: ["a"] }))).toBe(
      "x.yaml:2:3 error: a.b: is wrong (for cluster a)",
    );
    expect(formatProblem(at("x.yaml", 2, 3, { clusters: ["a", "b", "c", "d"] }))).toBe(
      "x.yaml:2:3 error: a.b: is wrong (for clusters a, b, c and 1 more)",
    );
  });
});

describe("problems in reading order", () => {
  test("are sorted by file, line, column and path", () => {
    const sorted = [
      at("", 0, 0, { place: null }),
      at("a.yaml", 9, 1),
      at("b.yaml", 2, 3),
      at("b.yaml", 2, 10, { path: "a" }),
      at("b.yaml", 2, 10, { path: "b" }),
      at("b.yaml", 10, 1),
    ];
    expect(inReadingOrder([...sorted].reverse())).toEqual(sorted);
  });

  test("are merged if they are equal, with the names of all clusters", () => {
    const told = inReadingOrder([
      at("x.yaml", 1, 1, { clusters: ["b"] }),
      at("x.yaml", 1, 1, { clusters: ["a", "b"] }),
      at("x.yaml", 1, 1, { severity: "warning" }),
    ]);
    expect(told.map(formatProblem)).toEqual([
      "x.yaml:1:1 error: a.b: is wrong (for clusters b, a)",
      "x.yaml:1:1 warning: a.b: is wrong",
    ]);
  });

  test("leave out one that another at the same place continues", () => {
    const longer = at("x.yaml", 1, 1, { message: "is wrong. Required here: name" });
    const elsewhere = at("x.yaml", 1, 2);
    expect(inReadingOrder([at("x.yaml", 1, 1), longer, elsewhere])).toEqual([longer, elsewhere]);
  });
});

test("the message of an error has a line for each problem", () => {
  const error = new DefinitionError([at("x.yaml", 1, 1), at("x.yaml", 2, 1)]);
  expect(error.name).toBe("DefinitionError");
  expect(error.message).toBe("x.yaml:1:1 error: a.b: is wrong\nx.yaml:2:1 error: a.b: is wrong");
});

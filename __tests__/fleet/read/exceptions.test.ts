import { readExceptions } from "../../../fleet/read/exceptions";
import { DefinitionFiles } from "../../../fleet/read/files";
import { problemsOf, SMALLEST, TODAY, withDefinitions } from "../../support/definitions";

const CLUSTER = "clusters/a.example.com.yaml";
const FILE = "exceptions/one.yaml";

/** An exception with some lines in the place of others. */
function exception(lines: Readonly<Record<string, string>> = {}): string {
  const all = {
    rule: "destroy-data",
    cluster: "a.example.com",
    address: "aws_s3_bucket.logs",
    change: '"0a1b2c3d4e5f6a7b"',
    reason: "The logs are copied to the archive.",
    who: "jane@example.com",
    until: "2026-08-31",
    ...lines,
  };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
}

const problems = (lines: Readonly<Record<string, string>>, files = {}): string[] =>
  problemsOf({ [CLUSTER]: SMALLEST, [FILE]: exception(lines), ...files });

test("an exception is read with its name and its file", () => {
  withDefinitions({ [CLUSTER]: SMALLEST, [FILE]: exception() }, (directory) => {
    expect(readExceptions(new DefinitionFiles(directory, "definitions"), TODAY)).toEqual({
      exceptions: [
        {
          rule: "destroy-data",
          cluster: "a.example.com",
          address: "aws_s3_bucket.logs",
          change: "0a1b2c3d4e5f6a7b",
          reason: "The logs are copied to the archive.",
          who: "jane@example.com",
          until: "2026-08-31",
          name: "one",
          file: `${directory}/${FILE}`,
        },
      ],
      problems: [],
    });
  });
});

test.each([
  [
    "an unknown rule",
    { rule: "destroy-date" },
    [`${FILE}:1:7 rule: must be a rule of fleet guard --rules, got "destroy-date". Did you mean "destroy-data"?`],
  ],
  [
    "an address that matches everything",
    { address: '"*"' },
    [
      `${FILE}:3:10 address: is too broad, got "*". Write the address as fleet guard prints it, or a pattern with at least 8 characters besides *`,
    ],
  ],
  [
    "a pattern that matches nearly everything",
    { address: '"aws_*.*"' },
    [
      `${FILE}:3:10 address: is too broad, got "aws_*.*". Write the address as fleet guard prints it, or a pattern with at least 8 characters besides *`,
    ],
  ],
  ["a short reason", { reason: "ok" }, [`${FILE}:5:9 reason: must have at least 10 characters, got "ok"`]],
  [
    "a day that does not exist",
    { until: "2026-02-30" },
    [`${FILE}:7:8 until: must be a date, such as 2026-12-31, got "2026-02-30"`],
  ],
  ["an unknown key", { untill: "2026-08-31" }, [`${FILE}:8:1 untill: unknown key "untill". Did you mean "until"?`]],
])("refuses %s", (_, lines, expected) => {
  expect(problems(lines as Readonly<Record<string, string>>)).toEqual(expected);
});

test("requires every key", () => {
  expect(problems({}, { [FILE]: "rule: destroy-data\n" })).toEqual([
    `${FILE}:1:1 requires cluster (must be text), address (must be text), change (must be text), reason (must be text), who (must be text), until (must be text)`,
  ]);
});

test("warns of a cluster that has no definition, because it may be a misspelled one", () => {
  expect(problems({ cluster: "b.example.com" })).toEqual([
    `${FILE}:2:10 warning: cluster: no cluster is named "b.example.com". Did you mean "a.example.com"?`,
  ]);
});

test("warns from the day after the last day on", () => {
  expect(problems({ until: TODAY })).toEqual([]);
  expect(problems({ until: "2026-08-16" })).toEqual([
    `${FILE}:7:8 warning: until: is over (2026-08-16), so the exception lets nothing pass. Remove the file`,
  ]);
});

test("warns of more than 31 days", () => {
  expect(problems({ until: "2026-09-17" })).toEqual([]);
  expect(problems({ until: "2026-09-18" })).toEqual([
    `${FILE}:7:8 warning: until: is more than 31 days away. Choose a day until which the change is applied`,
  ]);
});

test("refuses a file that would not be read", () => {
  expect(problemsOf({ [CLUSTER]: SMALLEST, "exceptions/one.yml": exception() })).toEqual([
    "exceptions/one.yml:1:1 must end in .yaml. Rename the file",
  ]);
});

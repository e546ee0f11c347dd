import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import type { Problem } from "../../../language/problem";
import { githubCommands } from "../../../operations/validate/github";
import { gitlabReport } from "../../../operations/validate/gitlab";
import { repositoryPath } from "../../../operations/validate/repository-path";
import { sarifOf } from "../../../operations/validate/sarif";
import { reportOf } from "../../../operations/validate/validate";

/** The schema of SARIF 2.1.0 by OASIS, as SchemaStore publishes it under the Apache License 2.0 (src/schemas/json/sarif-2.1.0.json). */
const SARIF = JSON.parse(readFileSync(join(__dirname, "sarif-2.1.0.schema.json"), "utf8")) as object;
const isSarif = new Ajv({ strict: false, validateFormats: false }).compile(SARIF);

const pathOf = repositoryPath(".", "fleet-definitions");

const problem = (more: Partial<Problem> = {}): Problem => ({
  rule: "worker-sizes",
  severity: "error",
  place: { file: "fleet-definitions/clusters/a b.yaml", line: 7, column: 3 },
  path: "tfvars.workers[general].max_size",
  message: "must be at least min_size (5), but is 2",
  ...more,
});

const report = (...problems: readonly Problem[]) => reportOf({ definitions: 1, problems, base: null }, pathOf);

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [{ readonly physicalLocation: object }];
        readonly partialFingerprints: { readonly primaryLocationLineHash: string };
      }[];
    },
  ];
}

const runOf = (...problems: readonly Problem[]) => (sarifOf(report(...problems), pathOf, "1.2.3") as Sarif).runs[0];

describe("SARIF", () => {
  test("a report with and without problems is valid SARIF 2.1.0", () => {
    for (const problems of [[], [problem(), problem({ place: null, severity: "warning" })]]) {
      expect([isSarif(sarifOf(report(...problems), pathOf, "1.2.3")), isSarif.errors]).toEqual([true, null]);
    }
  });

  test("the schema refuses a run without a tool", () => {
    expect(isSarif({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  test("a result has its rule, its level, and its place by a relative URI", () => {
    const [{ locations, level, message, ruleId }] = runOf(problem()).results as [Sarif["runs"][0]["results"][0]];

    expect({ locations, level, message, ruleId }).toEqual({
      ruleId: "worker-sizes",
      level: "error",
      message: { text: "tfvars.workers[general].max_size: must be at least min_size (5), but is 2" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "fleet-definitions/clusters/a%20b.yaml" },
            region: { startLine: 7, startColumn: 3 },
          },
        },
      ],
    });
  });

  test("each rule is described once", () => {
    const { rules } = runOf(problem(), problem({ path: "x" }), problem({ rule: "secret" })).tool.driver;

    expect(rules.map(({ id }) => id)).toEqual(["secret", "worker-sizes"]);
  });

  test("errors come before warnings", () => {
    const { results } = runOf(problem({ severity: "warning" }), problem());

    expect(results.map(({ level }) => level)).toEqual(["error", "warning"]);
  });

  test("a problem in no file, or outside of the repository, is at the folder of definitions", () => {
    const { results } = runOf(
      problem({ place: null }),
      problem({ place: { file: "../elsewhere.yaml", line: 9, column: 1 } }),
    );

    expect(results.map(({ locations }) => locations[0].physicalLocation)).toEqual([
      { artifactLocation: { uri: "fleet-definitions" }, region: { startLine: 1, startColumn: 1 } },
      { artifactLocation: { uri: "fleet-definitions" }, region: { startLine: 1, startColumn: 1 } },
    ]);
  });
});

describe("fingerprints", () => {
  const fingerprint = (...problems: readonly Problem[]) => report(...problems).problems.map((each) => each.fingerprint);

  test("stay the same if the line moves, or if the message counts days", () => {
    const place = { file: "fleet-definitions/clusters/a b.yaml", line: 70, column: 9 };
    const [before, moved, later] = [
      problem({ message: "ends in 10 days" }),
      problem({ message: "ends in 10 days", place }),
      problem({ message: "ends in 9 days" }),
    ].map((each) => fingerprint(each)[0]);

    expect([moved, later]).toEqual([before, before]);
  });

  test.each<Partial<Problem>>([
    { rule: "worker-zones" },
    { path: "tfvars.workers[web].max_size" },
    { message: "must be something else" },
    { place: { file: "fleet-definitions/clusters/c.yaml", line: 7, column: 3 } },
  ])("differ if the problem differs in %j", (more) => {
    expect(fingerprint(problem(more))).not.toEqual(fingerprint(problem()));
  });

  test("differ for 2 problems that differ only in their lines", () => {
    const marks = fingerprint(
      problem(),
      problem({ place: { file: "fleet-definitions/clusters/a b.yaml", line: 9, column: 3 } }),
    );

    expect(new Set(marks).size).toBe(2);
  });

  test("are those of the results in SARIF", () => {
    const marks = runOf(problem()).results.map(
      ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
    );

    expect(marks).toEqual(fingerprint(problem()));
  });
});

describe("GitHub", () => {
  test("an error is a workflow command with its place", () => {
    expect(githubCommands(report(problem()), pathOf)).toEqual([
      "::error file=fleet-definitions/clusters/a b.yaml,line=7,col=3,title=Worker sizes::tfvars.workers[general].max_size: must be at least min_size (5), but is 2",
    ]);
  });

  test("a warning is a command of its own", () => {
    expect(githubCommands(report(problem({ severity: "warning" })), pathOf)[0]).toMatch(/^::warning file=/);
  });

  test("escapes what would end a property or a command", () => {
    const place = { file: "fleet-definitions/a,line=1::b%.yaml", line: 1, column: 1 };

    expect(githubCommands(report(problem({ path: "", place, message: "100% wrong: a,b" })), pathOf)).toEqual([
      "::error file=fleet-definitions/a%2Cline=1%3A%3Ab%25.yaml,line=1,col=1,title=Worker sizes::100%25 wrong: a,b",
    ]);
  });

  /** Parses a command as the runner does: the first `::` after the properties begins the text. */
  const parsed = (line: string) => {
    const [, command, properties = "", text = ""] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
    const pairs = properties.split(",").map((each) => each.split(/=(.*)/s).slice(0, 2));
    return { command, names: pairs.map(([name]) => name), file: decoded(pairs[0]?.[1] ?? ""), text: decoded(text) };
  };
  const decoded = (text: string) =>
    text.replace(/%(25|0D|0A|3A|2C)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

  test("no text of a definition adds a command, a property or a line", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^[:,%=\r\n a-z#[\]]{0,20}$/),
      fc.constantFrom(
        "::error::x",
        "\n::add-mask::x",
        "\r::set-output name=a::b",
        "%0A::stop-commands::x",
        "##[add-path]x",
      ),
    );
    fc.assert(
      fc.property(text, text, text, fc.constantFrom("error", "warning"), (name, path, message, severity) => {
        const file = `fleet-definitions/${name.replaceAll(/[/\0]/g, "_").replace(/^\.+$/, "dots")}x`;
        const place = { file, line: 1, column: 1 };
        const [line = "", ...more] = githubCommands(report(problem({ path, message, place, severity })), pathOf);
        const { command, file: shown, names } = parsed(line);

        expect(more).toEqual([]);
        expect(line).not.toMatch(/[\r\n]/);
        expect([command, names, shown]).toEqual([severity, ["file", "line", "col", "title"], file]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("GitLab", () => {
  test("a problem is an entry of Code Quality", () => {
    expect(gitlabReport(report(problem()), pathOf)).toEqual([
      {
        description: "tfvars.workers[general].max_size: must be at least min_size (5), but is 2",
        check_name: "worker-sizes",
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: "major",
        location: { path: "fleet-definitions/clusters/a b.yaml", lines: { begin: 7 } },
      },
    ]);
  });

  test("a warning is minor", () => {
    expect(gitlabReport(report(problem({ severity: "warning" })), pathOf)).toMatchObject([{ severity: "minor" }]);
  });

  test("a moved line keeps its fingerprint", () => {
    const moved = problem({ place: { file: "fleet-definitions/clusters/a b.yaml", line: 70, column: 3 } });
    const marks = [problem(), moved].map((each) => gitlabReport(report(each), pathOf)[0] as { fingerprint: string });

    expect(marks[1]?.fingerprint).toBe(marks[0]?.fingerprint);
  });
});

import Ajv from "ajv";
import { answerFile, answerFiles, answerSchema, brokenAnswers } from "../../cli/answer-schema";
import { ANSWERS } from "../../cli/answers";
import { COMMANDS } from "../../cli/commands/commands";
import { run } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

/** A command line for each answer, and with an exit code other than 0 the code. */
const LINES: Readonly<Record<string, readonly [line: string, code?: number]>> = {
  new: ["search.dev.example.com --account sandbox --tier development --region eu-west-1 --dry-run"],
  upgrade: ["edge.acme.example.net --to 1.35 --today 2026-11-30"],
  list: ["--where workers.capacity_type=SPOT --today 2026-11-30"],
};

const published = answerFiles();

test("each command with --json has an answer, and a command line in this test", () => {
  const commands = COMMANDS.filter(({ json }) => json !== false).map(({ name }) => name);

  expect(Object.keys(ANSWERS).sort()).toEqual([...commands].sort());
  expect(Object.keys(LINES).sort()).toEqual([...commands].sort());
});

test.each(Object.entries(LINES))(
  "fleet %s prints an answer that has only what its schema describes",
  async (name, [line, code = 0]) => {
    const result = await run("cli/fleet.mjs", [name, ...line.split(" "), "--json"], {
      DEFINITIONS_DIR: SAMPLE_FLEET,
      CLUSTER_NAME: undefined,
    });
    const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(
      answerSchema(name, { strict: true }),
    );
    validate(JSON.parse(result.stdout));

    expect([result.code, validate.errors]).toEqual([code, null]);
  },
);

test("an answer with a property more than its published schema is valid", () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(answerSchema("list"));

  expect(validate({ version: 1, today: "2026-11-30", clusters: [], more: true })).toBe(true);
  expect(validate({ version: 1, today: "2026-11-30" })).toBe(false);
});

test("the published schemas lose nothing while their versions stay the same", () => {
  expect(brokenAnswers((file) => published.get(file))).toEqual([]);
});

const withOwner = (version: number): string => {
  const schema = structuredClone(answerSchema("list")) as { properties: Record<string, unknown> };
  schema.properties = { ...schema.properties, version: { type: "number", const: version }, author: { type: "string" } };
  return JSON.stringify(schema);
};

test("an answer that loses a property is refused until its version is raised", () => {
  const of = (version: number) =>
    brokenAnswers((file) => (file === answerFile("list") ? withOwner(version) : undefined));

  expect(of(1)).toEqual([
    "cli/schema/list.schema.json would break its readers: the answer.author disappears. Keep the property, or raise the answer's version",
  ]);
  expect(of(0)).toEqual([]);
});

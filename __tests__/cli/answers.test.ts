import Ajv from "ajv";
import { answerFile, answerFiles, answerSchema, brokenAnswers } from "../../cli/answer-schema";
import { ANSWERS } from "../../cli/answers";
import { COMMANDS } from "../../cli/commands/commands";
import { wrongInAnswer } from "../support/answer";
import { oneOfEvery } from "../support/jest/cases";
import { runFleet } from "../support/run-fleet";

/** The arguments of a command line for each answer. */
const LINES: Readonly<Record<string, string>> = {
  adopt:
    "shop-dev --inventory docs/examples/import/inventory.json --account sandbox --tier development --dry-run --today 2026-11-30",
  affected: "shop.acme.example.net --base HEAD",
  capacity: "shop.acme.example.net --today 2026-11-30",
  cidr: "10.128.0.1",
  cost: "shop.acme.example.net --today 2026-11-30",
  diff: "shop.acme.example.net --base HEAD",
  explain: "shop.acme.example.net workers[web].max_size",
  graph: "shop.acme.example.net",
  guard: "--rules",
  list: "--where workers.capacity_type=SPOT --today 2026-11-30",
  "import eksctl":
    "docs/examples/import/eksctl.yaml --account sandbox --tier development --owner shop --dry-run --today 2026-11-30",
  new: "search.dev.example.com --account sandbox --tier development --region eu-west-1 --dry-run",
  "pipelines generate": "--out .fleet/tests/pipelines --today 2026-11-30",
  promote: "insiders 2026.11 --dry-run --today 2026-11-30",
  "release check": "2026.12 --channel insiders --no-rehearse --today 2026-11-30",
  "release diff": "2026.11 2026.12",
  "release list": "--today 2026-11-30",
  "release notes": "2026.12 --today 2026-11-30",
  show: "shop.acme.example.net",
  size: "shop.acme.example.net",
  upgrade: "edge.acme.example.net --to 1.35 --today 2026-11-30",
  validate: "--today 2026-11-30",
  versions: "2026.12 --today 2026-11-30",
};

/** Those that run Terraform, look at the machine or begin a repository; their own tests judge the answers. */
const SLOW = [
  "bootstrap",
  "deploy",
  "destroy",
  "doctor",
  "drift",
  "init",
  "plan",
  "rehearse",
  "release new",
  "upgrade-check",
];

/** Those whose answers are judged beside what they do, in actions/rollout/. */
const ROLLOUT = [
  "status",
  ...["approve", "halt", "next", "plan", "record", "resume", "status"].map((word) => `rollout ${word}`),
];

const published = answerFiles();

test("each command with --json has an answer, and a command line in this test", () => {
  const commands = COMMANDS.filter(({ json }) => json !== false).map(({ name }) => name);

  expect(Object.keys(ANSWERS).sort()).toEqual([...commands].sort());
  expect([...Object.keys(LINES), ...SLOW, ...ROLLOUT].sort()).toEqual([...commands].sort());
});

test.each(oneOfEvery(5, Object.entries(LINES)))(
  "fleet %s prints only what the schema of its answer describes",
  async (name, line) => {
    const { code, stdout, stderr } = await runFleet([...name.split(" "), ...line.split(" "), "--json"]);

    expect([code, stderr, wrongInAnswer(name, stdout)]).toEqual([0, "", null]);
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

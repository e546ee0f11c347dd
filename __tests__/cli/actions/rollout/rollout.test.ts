import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wrongInAnswer } from "../../../support/answer";
import { copyRolloutFleet } from "../../../support/rollout-fleet";
import { runFleet } from "../../../support/run-fleet";

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

const INSIDERS = "insiders.dev.example.com";
const PERSON = ["--who", "kim", "--reason", "looked at the cluster"];

/** Opens a fleet without records, and returns what runs a command on it at a time of 2026-11-30. */
function open() {
  const directory = copyRolloutFleet();
  directories.push(directory);
  return async (time: string, ...args: readonly string[]) => {
    const at = time.length > 5 ? time : `2026-11-30T${time}:00Z`;
    return runFleet(["rollout", ...args, "--now", at], { definitions: directory });
  };
}

test("every command prints only what the schema of its answer describes", async () => {
  const rollout = open();
  const steps: readonly (readonly [string, string, ...string[]])[] = [
    ["rollout plan", "08:00", "plan"],
    ["rollout next", "08:00", "next", "--claim", "--runner", "job-1"],
    ["rollout record", "08:30", "record", INSIDERS, "running", "--runner", "job-1"],
    ["rollout record", "08:40", "record", INSIDERS, "succeeded", "--runner", "job-1", "--plan", "0a1b2c3d"],
    ["rollout record", "08:50", "record", INSIDERS, "unhealthy", "--runner", "job-1", "--detail", "alerts fire"],
    ["rollout status", "09:00", "status"],
    ["rollout resume", "09:00", "resume", INSIDERS, ...PERSON],
    ["rollout halt", "09:10", "halt", "production", ...PERSON],
    ["rollout approve", "09:20", "approve", "production", ...PERSON],
  ];
  for (const [answer, time, ...args] of steps) {
    const { stderr, stdout } = await rollout(time, ...args, "--json");
    expect([args.join(" "), stderr, wrongInAnswer(answer, stdout)]).toEqual([args.join(" "), "", null]);
  }
});

test("fleet status shows the last runs of each job, for people, for a summary and as JSON, and finds the one that failed", async () => {
  const directory = copyRolloutFleet();
  directories.push(directory);
  const at = (time: string): string[] => ["--now", `2026-11-30T${time}:00Z`];
  const fleet = (...args: string[]) => runFleet(args, { definitions: directory });
  const runner = ["--runner", "https://ci.example/1"];
  await fleet("rollout", "next", "--claim", ...runner, ...at("08:00"));
  const running = await fleet("status", INSIDERS, "--ci", ...at("08:10"));
  await fleet("rollout", "record", INSIDERS, "failed", ...runner, "--detail", "addons failed", ...at("08:30"));
  const [text, markdown, json, short] = [
    await fleet("status", INSIDERS, "--ci", ...at("09:00")),
    await fleet("status", INSIDERS, "--ci", "--format", "markdown", ...at("09:00")),
    await fleet("status", "--ci", "--json", ...at("09:00")),
    await fleet("status", ...at("09:00")),
  ];

  expect([running.code, text.code, markdown.code, json.code, short.code]).toEqual([0, 2, 2, 2, 2]);
  expect(running.stdout).toMatch(/deploy +… +running 2026-11-30T08:00Z/);
  expect(text.stdout).toMatch(/^insiders\.dev\.example\.com +failed +deploy +✘ +failed 2026-11-30T08:00Z/m);
  expect(markdown.stdout).toContain("| deploy | [✘](https://ci.example/1) | failed 2026-11-30T08:00Z addons failed |");
  expect(wrongInAnswer("status", json.stdout)).toBeNull();
  expect(short.stdout).toMatch(/^insiders\.dev\.example\.com +insiders +2026\.12 +failed/m);
});

test("a runner gets a cluster once, and another runner gets nothing", async () => {
  const rollout = open();
  const claimedBy = async (runner: string): Promise<string[]> => {
    const { stdout } = await rollout("08:00", "next", "--claim", "--runner", runner, "--json");
    return (JSON.parse(stdout) as { claimed: { cluster: string }[] }).claimed.map(({ cluster }) => cluster);
  };

  expect([await claimedBy("job-1"), await claimedBy("job-2")]).toEqual([[INSIDERS], []]);
});

test("only the runner that started a change, or a person, can record its result", async () => {
  const rollout = open();
  await rollout("08:00", "next", "--claim", "--runner", "job-1");
  const other = await rollout("08:30", "record", INSIDERS, "succeeded", "--runner", "job-2");
  const person = await rollout("08:31", "record", INSIDERS, "failed", ...PERSON);

  expect([other.code, other.stderr]).toEqual([
    1,
    `job-1 started the change of ${INSIDERS}, and not job-2. Only that runner, or a person with --who and --reason, can record its result\n`,
  ]);
  expect([person.code, person.stdout]).toEqual([0, `${INSIDERS} failed.\n`]);
});

test("something that waits for a person is a finding of status", async () => {
  const rollout = open();
  expect((await rollout("08:00", "status")).code).toBe(0);
  await rollout("08:00", "halt", ...PERSON);
  expect((await rollout("08:01", "status")).code).toBe(2);
});

test("an emergency lets a named cluster change outside its windows and before its turn", async () => {
  const rollout = open();
  const next = async (time: string): Promise<string> => {
    const { stdout } = await rollout(time, "next", "shop-a.eks.example.com", "--json");
    const [{ decision, reason }] = (JSON.parse(stdout) as { decisions: [{ decision: string; reason: string }] })
      .decisions;
    return reason === null ? decision : `${decision}: ${reason}`;
  };
  expect(await next("12:00")).toBe("wait: waves");
  await rollout("12:00", "next", "shop-a.eks.example.com", "--emergency", ...PERSON, "--until", "2026-11-30T14:00:00Z");
  expect([await next("12:01"), await next("14:00")]).toEqual(["go", "wait: waves"]);
});

test.each<[string, string[], string]>([
  ["a runner without a claim", ["next", "--runner", "x"], "--runner requires --claim"],
  ["a claim without a runner", ["next", "--claim"], "--claim requires --runner, which names who changes the clusters"],
  [
    "an emergency of all clusters",
    ["next", "--emergency", ...PERSON],
    "--emergency requires the names of the clusters that it is about",
  ],
  [
    "an emergency without an end",
    ["next", INSIDERS, "--emergency", ...PERSON],
    "--emergency requires --until, its end, such as 2026-11-30T18:00:00Z",
  ],
  [
    "an emergency that lasts for days",
    ["next", INSIDERS, "--emergency", ...PERSON, "--until", "2026-12-02T08:00:00Z"],
    "--until must be at most 24 hours away. After that, record the emergency again",
  ],
  [
    "a decision without a name",
    ["halt", "--reason", "an outage of ours"],
    "--who is required, because records contain who decided, and why",
  ],
  [
    "a decision without a name and a reason",
    ["halt"],
    "--who is required, because records contain who decided, and why\n--reason is required, because records contain who decided, and why",
  ],
  [
    "a reason that says nothing",
    ["halt", "--who", "kim", "--reason", "because"],
    '--reason must have at least 10 characters, but is "because"',
  ],
  [
    "a reason with a secret",
    ["halt", "--who", "kim", "--reason", "the token ghp_0123456789abcdefghijklmnopqrstuvwxyzAB leaked"],
    "--reason looks like it contains a secret, and records are never deleted. Leave the secret out",
  ],
  ["a wave that does not exist", ["halt", "prod", ...PERSON], 'no wave is named "prod". Did you mean "production"?'],
  [
    "resuming what runs",
    ["resume", "production", ...PERSON],
    "production has nothing to resume: no halt, and no failed cluster. You can resume: none",
  ],
  [
    "a judgement of what is known",
    ["approve", INSIDERS, ...PERSON],
    `${INSIDERS} is not inconclusive, so that there is nothing to judge`,
  ],
  [
    "health before a change",
    ["record", INSIDERS, "health", ...PERSON],
    `no change of ${INSIDERS} is recorded, so that there is nothing whose health could be observed`,
  ],
  [
    "a cluster that does not exist",
    ["record", "insider.dev.example.com", "failed", ...PERSON],
    `no cluster is named "insider.dev.example.com". Did you mean "${INSIDERS}"?`,
  ],
  ["too many days", ["plan", "--days", "401"], '--days must be a whole number from 1 to 400, but is "401"'],
])("refuses %s", async (_, args, message) => {
  const { code, stderr, stdout } = await open()("08:00", ...args);

  expect([code, stderr, stdout]).toEqual([1, `${message}\n`, ""]);
});

test("the status and the plan, as text and as pictures, show a cluster that is held, with its release, reason and end", async () => {
  const directory = copyRolloutFleet();
  directories.push(directory);
  const hold = `HOLD: { release: "2026.12", reason: Its importer fails, by: jane@acme.example, until: 2026-12-31 }`;
  const file = join(directory, `clusters/${INSIDERS}.yaml`);
  writeFileSync(file, readFileSync(file, "utf8").replace("  ACCOUNT:", `  ${hold}\n  ACCOUNT:`));
  const line = `${INSIDERS}: on 2026.12 until 2026-12-31, by jane@acme.example (Its importer fails)`;
  const at = ["--now", "2026-11-30T08:00:00Z"];
  for (const command of [["status"], ["rollout", "status"], ["rollout", "plan"]]) {
    const { stdout } = await runFleet([...command, ...at], { definitions: directory });
    expect([command.join(" "), stdout.includes(line)]).toEqual([command.join(" "), true]);
  }
  const drawn = async (format: string): Promise<string> =>
    (await runFleet(["rollout", "plan", "--format", format, ...at], { definitions: directory })).stdout;
  expect(await drawn("mermaid")).toContain(
    `  section Held\n  ${INSIDERS} stays on 2026.12 :done, 2026-11-30T08:00, 2027-01-01T00:00\n`,
  );
  expect(await drawn("svg")).toContain(`<title>${INSIDERS}: stays on 2026.12 until 2026-12-31</title>`);
  const { stdout } = await runFleet(["status", "--format", "markdown", ...at], { definitions: directory });
  expect(stdout).toContain(`Held: ${INSIDERS}: on 2026.12 until 2026-12-31`);
});

test("the plan is drawn as a picture, with a bar for each change", async () => {
  const { code, stdout } = await open()("08:00", "plan", "--format", "svg");

  expect(code).toBe(0);
  expect(stdout.match(/<rect [^>]*><title>[^<]*2026\.12, [^<]*<\/title>/g)).toHaveLength(5);
  expect(stdout).toContain("insiders.dev.example.com: 2026.12, 2026-11-30T08:00:00.000Z to 2026-11-30T09:00:00.000Z");
});

test("refuses a time without an offset", async () => {
  const { code, stderr } = await open()("2026-11-30T08:00:00", "next");

  expect([code, stderr]).toEqual([
    1,
    '--now must be a time as in RFC 3339, such as 2026-11-30T22:00:00Z, but is "2026-11-30T08:00:00"\n',
  ]);
});

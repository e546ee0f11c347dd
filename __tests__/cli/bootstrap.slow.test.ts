import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadAccountPlan } from "../../fleet/load-account";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { Store } from "../../offline/store/store";
import type { BootstrapReport } from "../../operations/bootstrap/report";
import { readState } from "../../operations/bootstrap/state-place";
import { synthesizeAccount } from "../../synth/synthesize-account";
import { wrongInAnswer } from "../support/answer";
import { FakeS3 } from "../support/aws/fake-s3";
import { edit } from "../support/offline-cluster";
import { PseudoTerminal } from "../support/pseudo-terminal";
import { type Run, run, scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
const definitions = join(work.path, "definitions");
const file = join(definitions, "accounts/sandbox.yaml");
const store = new Store(join(work.path, "store"));
const failures = join(work.path, "failures.json");
const stateHere = join(work.path, ".fleet/bootstrap/sandbox.tfstate");
const KEY = "accounts/sandbox.tfstate";
const s3 = new FakeS3((name) => store.objects("aws_s3_bucket").some(({ state }) => state["bucket"] === name));
let providers: OfflineProviders;

const IN_WORK = ["-c", 'cd "$0" && exec "$@"', work.path, resolve("cli/fleet.mjs"), "bootstrap"];
const environment = (): Record<string, string | undefined> => ({
  ...providers.env,
  ...s3.env,
  CLUSTER_NAME: undefined,
  DEFINITIONS_DIR: definitions,
});
const fleet = (...args: string[]): Promise<Run> => run("sh", [...IN_WORK, ...args], environment());

/** Runs it in a terminal, and answers its question. */
async function asked(answer: string): Promise<{ readonly code: number; readonly screen: string }> {
  const terminal = new PseudoTerminal("sh", [...IN_WORK, "sandbox"], environment(), { columns: 200, rows: 200 });
  try {
    await terminal.shows("Apply this to account sandbox? Type sandbox to apply:");
    terminal.type(`${answer}\r`);
    return { code: await terminal.ended, screen: terminal.lines().join("\n") };
  } finally {
    terminal.close();
  }
}

async function bootstrap(...args: string[]): Promise<BootstrapReport & Pick<Run, "code">> {
  const { code, stderr, stdout } = await fleet("sandbox", "--json", ...args);
  if (stdout === "") throw new Error(stderr);
  expect(wrongInAnswer("bootstrap", stdout)).toBeNull();
  return { ...(JSON.parse(stdout) as BootstrapReport), code };
}

beforeAll(async () => {
  cpSync(SAMPLE_FLEET, definitions, { recursive: true });
  edit(
    file,
    "\ncidr_pools",
    "  destroy: arn:aws:iam::222222222222:role/cluster-destroy\n\nbootstrap:\n  github: [{ repository: example/fleet }]\n\ncidr_pools",
  );
  writeFileSync(failures, "[]");
  const plan = loadAccountPlan("sandbox", { directory: definitions, shipped: "definitions" });
  const stack = synthesizeAccount(plan, join(work.path, "types"));
  providers = await startOfflineProviders({
    stacks: [stack],
    storeDirectory: join(work.path, "store"),
    failuresFile: failures,
  });
  await s3.start();
});

afterAll(async () => {
  await providers.close();
  s3.close();
  work.remove();
});

test("without a terminal, approval or --plan nothing starts", async () => {
  expect(await fleet("sandbox")).toMatchObject({
    code: 1,
    stderr: "approval requires a terminal. Use --approve, or --plan to see what would change\n",
  });
});

// One account's life: each test goes on where the one before has ended.
describe("an account", () => {
  test("is planned before there is a bucket, and nothing is created", async () => {
    const { changes, code, outcome, state } = await bootstrap("--plan");

    expect([code, outcome, state]).toEqual([0, "planned", "nowhere"]);
    expect(changes?.create).toContainEqual(expect.stringMatching(/^aws_s3_bucket\.state_/));
    expect(store.objects()).toEqual([]);
  });

  test("is not created if a person types anything but its name", async () => {
    const { code, screen } = await asked("yes");

    expect([code, screen]).toEqual([2, expect.stringMatching(/^account sandbox: declined$/m)]);
    expect(screen).toMatch(/^ *\+ aws_iam_role\.roles_apply_/m);
    expect([store.objects(), existsSync(stateHere)]).toEqual([[], false]);
  });

  test("keeps its state on this machine if the apply fails, and reports it", async () => {
    writeFileSync(failures, JSON.stringify([{ type: "aws_iam_role", operation: "create", message: "Throttling" }]));
    const { code, errors, next, outcome, state } = await bootstrap("--approve");
    writeFileSync(failures, "[]");

    expect([code, outcome, state, next]).toEqual([1, "failed", "this machine", "fleet bootstrap sandbox --approve"]);
    expect(errors[0]?.summary).toContain("Throttling");
    expect(existsSync(stateHere)).toBe(true);
    expect([...s3.objects.keys()]).toEqual([]);
  });

  test("continues if its name is typed, and moves its state into the bucket that it created", async () => {
    const before = readState(readFileSync(stateHere, "utf8"));
    const { code, screen } = await asked("sandbox");

    expect([code, screen]).toEqual([
      0,
      expect.stringMatching(/^account sandbox: applied\nThe state is in the account's bucket\.$/m),
    ]);
    expect(screen).not.toContain("Go on with");
    expect([...s3.objects.keys()]).toEqual([KEY]);
    expect(readState(s3.objects.get(KEY) ?? "")).toEqual(expect.arrayContaining([...before]));
    expect([existsSync(stateHere), existsSync(`${stateHere}.moved`)]).toEqual([false, true]);
  });

  test("writes the state without an encryption key, so that the bucket's key encrypts it", () => {
    const written = s3.requests.filter(({ line }) => line.startsWith("PUT "));

    expect(written.length).toBeGreaterThan(0);
    expect(written.every(({ encryption }) => encryption === undefined)).toBe(true);
  });

  test("has nothing left to do, leaves no lock, and renames a file that remains from a move", async () => {
    cpSync(`${stateHere}.moved`, stateHere);
    const { changes, outcome, state_before } = await bootstrap("--approve");

    expect([outcome, state_before, changes?.create, changes?.update]).toEqual(["unchanged", "bucket", [], []]);
    expect([[...s3.objects.keys()], existsSync(stateHere)]).toEqual([[KEY], false]);
  });

  test("adopts an existing bucket and a role named by --adopt, and replaces neither", async () => {
    s3.objects.clear(); // the state is lost; everything it had is still there
    for (const each of store.objects())
      if (!["aws_s3_bucket", "aws_iam_role"].includes(each.place.type)) store.remove(each);
    const first = await bootstrap(
      "--approve",
      ...["plan", "apply", "state"].flatMap((role) => ["--adopt", `role=${role}`]),
    );
    const second = await bootstrap("--approve", "--adopt", "role=destroy");

    expect(first.adopted).toContainEqual(expect.stringMatching(/^aws_s3_bucket\.state_/));
    expect(first.errors.map(({ cure }) => cure)).toEqual([expect.stringContaining("--adopt role=destroy")]);
    expect([first.state, second.outcome, second.state]).toEqual(["bucket", "applied", "bucket"]);
    expect([...(first.changes?.destroy ?? []), ...(first.changes?.replace ?? [])]).toEqual([]);
  });
});

import { spawn } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { slugOf } from "../../../fleet/model/cluster";
import { STACKS, stackId } from "../../../fleet/model/stacks";
import { type OfflineProviders, startOfflineProviders } from "../../../offline/offline-providers";
import { prepareOfflineStack } from "../../../offline/offline-stack";
import { deployCluster, destroyCluster, PLAN_FILE, type RunOptions } from "../../../operations/deploy/stack-runner";
import { scratch, synthesizeFleet } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const CLUSTER = "insiders.dev.example.com";
const TARGET = { cluster: CLUSTER, slug: slugOf(CLUSTER), stacks: STACKS };
const work = scratch();
const output = join(work.path, "out");
const failuresFile = join(work.path, "failures.json");
let providers: OfflineProviders;

const prepare = (state: string) => (stack: string) =>
  prepareOfflineStack({
    stackDirectory: join(output, "stacks", stack),
    workDirectory: join(work.path, state, "work"),
    stateDirectory: join(work.path, state, "state"),
  }).directory;

const options = (state: string, rest: Partial<RunOptions> = {}): RunOptions => ({
  prepare: prepare(state),
  env: providers.env,
  signal: new AbortController().signal,
  judge: () => [],
  approve: () => Promise.resolve(true),
  now: () => new Date(),
  next: "fleet deploy",
  ...rest,
});

const outcomes = ({ stacks }: Awaited<ReturnType<typeof deployCluster>>): string[] =>
  stacks.map(({ outcome }) => outcome);
const fail = (failures: readonly object[]): void => writeFileSync(failuresFile, JSON.stringify(failures));

beforeAll(async () => {
  await synthesizeFleet(output, SAMPLE_FLEET, CLUSTER);
  fail([]);
  providers = await startOfflineProviders({
    stacks: [join(output, "stacks")],
    storeDirectory: join(work.path, "store"),
    failuresFile,
  });
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

// One cluster's life: each test goes on where the one before has ended.
describe("a cluster", () => {
  test("is not applied without approval", async () => {
    const report = await deployCluster(TARGET, options("life", { approve: () => Promise.resolve(false) }));
    expect([outcomes(report), report.next]).toEqual([
      ["declined", "not reached", "not reached", "not reached"],
      "fleet deploy",
    ]);
  });

  test("is not applied, nor anybody asked, if the guard stops the plan", async () => {
    const approve = jest.fn();
    const report = await deployCluster(TARGET, options("life", { judge: () => ["a reason"], approve }));
    expect(report.stacks[0]).toMatchObject({ outcome: "stopped", stopped_by: ["a reason"], done: [] });
    expect(approve).not.toHaveBeenCalled();
  });

  test("keeps what was applied before a failure, and tells what failed, in the words of the cloud", async () => {
    fail([{ type: "aws_launch_template", operation: "create", message: "UnauthorizedOperation: not today" }]);
    const report = await deployCluster(TARGET, options("life"));

    expect([outcomes(report), report.next]).toEqual([["applied", "applied", "failed", "not reached"], "fleet deploy"]);
    const workers = report.stacks[2];
    expect(workers?.errors[0]).toMatchObject({
      summary: expect.stringContaining("UnauthorizedOperation: not today"),
      address: expect.stringMatching(/^aws_launch_template\./),
    });
    expect(workers?.done).toContainEqual(expect.stringMatching(/^aws_iam_role\./));
    expect(workers?.planned?.create).toBeGreaterThan(workers?.done.length ?? 0);
  });

  test("goes on where it failed, by the same command", async () => {
    fail([]);
    const events: string[] = [];
    const report = await deployCluster(
      TARGET,
      options("life", { onEvent: (_, { address, kind }) => events.push(`${kind} ${address.split(".")[0]}`) }),
    );
    expect([outcomes(report), report.next]).toEqual([["unchanged", "unchanged", "applied", "applied"], null]);
    expect(events).toEqual(expect.arrayContaining(["start aws_launch_template", "complete aws_launch_template"]));
  });

  test("has nothing to do after that", async () => {
    expect(outcomes(await deployCluster(TARGET, options("life")))).toEqual(STACKS.map(() => "unchanged"));
  });

  test("is destroyed in the reverse order", async () => {
    const report = await destroyCluster(TARGET, options("life"));
    expect(report.stacks.map(({ stack, outcome }) => [stack, outcome])).toEqual(
      [...STACKS].reverse().map((stack) => [stack, "applied"]),
    );
  });
});

test("a plan that was saved before the state changed is refused by Terraform", async () => {
  const id = stackId(TARGET.slug, "networking");
  const saved = join(work.path, "saved.tfplan");
  await deployCluster(TARGET, options("stale", { approve: () => Promise.resolve(false) }));
  copyFileSync(join(work.path, "stale/work", id, PLAN_FILE), saved);
  const stop = (approved: readonly string[]) => ({
    approve: ({ stack }: { stack: string }) => Promise.resolve(approved.includes(stack)),
  });
  expect(outcomes(await deployCluster(TARGET, options("stale", stop(["networking"]))))[0]).toBe("applied");

  const report = await deployCluster(
    TARGET,
    options("stale", { savedPlan: (stack) => (stack === id ? saved : undefined) }),
  );
  expect(report.stacks[0]).toMatchObject({
    outcome: "failed",
    errors: [{ summary: expect.stringContaining("stale") }],
  });
});

test("a lock that somebody holds is reported with its owner", async () => {
  const id = stackId(TARGET.slug, "networking");
  await deployCluster(TARGET, options("locked", { approve: () => Promise.resolve(false) }));
  // Terraform keeps the lock while it waits for an answer.
  const holder = spawn("terraform", ["apply", "-no-color"], {
    cwd: join(work.path, "locked/work", id),
    env: { ...process.env, ...providers.env, TF_INPUT: "1", TF_IN_AUTOMATION: "" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => holder.on("close", resolve));
  await new Promise<void>((resolve) => {
    holder.stdout.setEncoding("utf8").on("data", (text: string) => text.includes("Enter a value") && resolve());
  });
  const report = await deployCluster(TARGET, options("locked"));
  holder.stdin.end("no\n");
  await ended;

  expect(report.stacks[0]).toMatchObject({
    outcome: "failed",
    errors: [
      {
        summary: expect.stringMatching(
          /^the state is locked by \S+@\S+ \(OperationTypeApply, lock \S+\), for 0 minutes\./,
        ),
      },
    ],
  });
});

import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { STACKS, stackId } from "../../../fleet/model/stacks";
import { slugOf } from "../../../language/words/names";
import { type OfflineProviders, startOfflineProviders } from "../../../offline/offline-providers";
import { prepareOfflineStack } from "../../../offline/offline-stack";
import { Store } from "../../../offline/store/store";
import { Terraform } from "../../../offline/terraform";
import { deployCluster, destroyCluster, PLAN_FILE, type RunOptions } from "../../../operations/deploy/stack-runner";
import { resourcesOf } from "../../../operations/destroy/inventory";
import { edit } from "../../support/offline-cluster";
import { scratch, synthesizeFleet } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const CLUSTER = "insiders.dev.example.com";
const TARGET = { cluster: CLUSTER, slug: slugOf(CLUSTER), stacks: STACKS, peers: [] };
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

  test("is not applied, without a question, if the guard stops the plan", async () => {
    const approve = jest.fn();
    const report = await deployCluster(TARGET, options("life", { judge: () => ["a reason"], approve }));
    expect(report.stacks[0]).toMatchObject({ outcome: "stopped", stopped_by: ["a reason"], done: [] });
    expect(approve).not.toHaveBeenCalled();
  });

  test("waits for the running apply when it is stopped, and leaves no lock", async () => {
    const stop = new AbortController();
    const report = await deployCluster(
      TARGET,
      options("life", { signal: stop.signal, onEvent: (_, { kind }) => kind === "start" && stop.abort() }),
    );
    expect(report.stacks[0]).toMatchObject({ stack: "networking", outcome: "failed" });
    expect(report.stacks[0]?.done.length).toBeLessThan(report.stacks[0]?.planned?.create ?? 0);
    expect(report.stacks[0]?.errors.map(({ summary }) => summary)).toEqual(["execution halted"]);
  });

  // Each deploy goes on in the stack in which the one before failed, and fails in the next.
  test.each([
    ["networking", "aws_nat_gateway", "NatGatewayLimitExceeded: no more gateways", []],
    ["eks-cluster", "aws_eks_cluster", "UnsupportedAvailabilityZoneException: not here", ["applied"]],
    ["eks-workers", "aws_launch_template", "UnauthorizedOperation: not today", ["unchanged", "applied"]],
    ["addons", "helm_release", "context deadline exceeded", ["unchanged", "unchanged", "applied"]],
  ])("continues after a failure, and keeps what was applied before one in %s", async (stack, type, message, before) => {
    fail([{ type, operation: "create", message }]);
    const report = await deployCluster(TARGET, options("life"));
    const failed = report.stacks[before.length];

    const after = STACKS.slice(before.length + 1).map(() => "not reached");
    expect([outcomes(report), report.next]).toEqual([[...before, "failed", ...after], "fleet deploy"]);
    expect(failed?.stack).toBe(stack);
    expect(failed?.errors[0]?.summary).toContain(message);
    expect(failed?.errors[0]?.address).toMatch(new RegExp(`^${type}\\.`));
    expect(failed?.done.length).toBeGreaterThan(0);
    expect(failed?.planned?.create).toBeGreaterThan(failed?.done.length ?? 0);
  });

  test("is complete by the same command, which reports each resource", async () => {
    fail([]);
    const events: string[] = [];
    const report = await deployCluster(
      TARGET,
      options("life", { onEvent: (_, { address, kind }) => events.push(`${kind} ${address.split(".")[0]}`) }),
    );
    expect([outcomes(report), report.next]).toEqual([["unchanged", "unchanged", "unchanged", "applied"], null]);
    expect(events).toEqual(expect.arrayContaining(["start helm_release", "complete helm_release"]));
  });

  test("has nothing to do after that, and fails if an output that another stack may read has no value", async () => {
    const withoutValue = (stack: string): string => {
      const directory = prepare("life")(stack);
      if (!stack.endsWith("-addons")) return directory;
      edit(join(directory, "cdk.tf.json"), '"output": {', '"output": { "more": { "value": null },');
      return directory;
    };
    const report = await deployCluster(TARGET, options("life", { prepare: withoutValue }));
    expect(outcomes(report)).toEqual(["unchanged", "unchanged", "unchanged", "failed"]);
    expect(report.stacks[3]?.errors.map(({ summary }) => summary)).toEqual([
      "the outputs more have no value, and the stacks after this one read them",
    ]);
  });

  test("is destroyed in the reverse order, without what is to stay", async () => {
    const stays = "aws_kms_key"; // no later test meets its name, because it has none
    const keep: RunOptions["keep"] = ({ prior_state }) =>
      resourcesOf(prior_state).flatMap(({ address, type }) => (type === stays ? [address] : []));
    const report = await destroyCluster(TARGET, options("life", { keep }));

    expect(report.stacks.map(({ stack, outcome, planned }) => [stack, outcome, planned?.forget])).toEqual([
      ["addons", "applied", 0],
      ["eks-workers", "applied", 0],
      ["eks-cluster", "applied", 1],
      ["networking", "applied", 0],
    ]);
    expect(new Store(join(work.path, "store")).objects().map(({ place }) => place.type)).toEqual([stays]);
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

test("after a kill, the lock is shown and can be opened, and what the state does not have can be imported", async () => {
  const states = await startStateServer();
  const folder = join(work.path, "killed");
  const own = await startOfflineProviders({ stacks: [join(output, "stacks")], storeDirectory: join(folder, "store") });
  try {
    const prepared = (stack: string): string => {
      const directory = prepare("killed")(stack);
      const override = { terraform: { backend: { http: states.backend } } };
      writeFileSync(join(directory, "offline_override.tf.json"), JSON.stringify(override));
      return directory;
    };
    const approve = ({ stack }: { readonly stack: string }): Promise<boolean> =>
      Promise.resolve(stack === "networking");
    const deployed = (rest: Partial<RunOptions> = {}) =>
      deployCluster(TARGET, options("killed", { env: own.env, prepare: prepared, approve, ...rest }));
    const killed = await deployed({
      onEvent: (_, { address, kind }) => {
        if (kind === "complete" && address.startsWith("aws_cloudwatch_log_group.")) killTerraform();
      },
    });
    expect(killed.stacks[0]?.errors.map(({ summary }) => summary)).toEqual([
      "Terraform was killed. It may have left a lock, and resources that its state does not have: read docs/operations/failed-applies.md",
    ]);

    const locked = await deployed();
    const lock = locked.stacks[0]?.errors[0]?.summary.match(/^the state is locked by .*lock (\S+)\)/)?.[1] ?? "none";
    const directory = join(folder, "work", stackId(TARGET.slug, "networking"));
    const terraform = new Terraform({ directory, env: own.env });
    await terraform.run(["force-unlock", "-force", lock]);

    const taken = (await deployed()).stacks[0]?.errors ?? [];
    expect(taken.map(({ summary }) => summary)).toContainEqual(
      expect.stringContaining("ResourceAlreadyExistsException"),
    );
    for (const { address, summary } of taken)
      await terraform.import(address ?? "", summary.match(/\(([^)]+)\)/)?.[1] ?? "");
    expect(outcomes(await deployed())[0]).toBe("applied");
  } finally {
    await Promise.all([states.close(), own.close()]);
  }
});

/** Kills the Terraform that this process has started, as a machine without memory does. */
function killTerraform(): void {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  for (const line of processes.split("\n")) {
    const [pid, parent, command] = line.trim().split(/\s+/);
    if (Number(parent) === process.pid && command === "terraform") process.kill(Number(pid), "SIGKILL");
  }
}

/** Keeps one state in memory, with a lock that stays when its owner dies, as a lock in a bucket does. */
async function startStateServer() {
  let state = "";
  let lock = "";
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const answer = (status: number, text = ""): void => void response.writeHead(status).end(text);
      if (request.method === "GET") return answer(state === "" ? 404 : 200, state);
      if (request.method === "LOCK" && lock !== "") return answer(423, lock);
      if (request.method === "LOCK") lock = body;
      else if (request.method === "UNLOCK") lock = "";
      else state = body;
      return answer(200);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}/`;
  return {
    backend: { address, lock_address: address, unlock_address: address },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

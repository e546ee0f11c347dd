import { cpSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { STACKS } from "../../fleet/model/stacks";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { Store } from "../../offline/store/store";
import type { DeployReport, PlanReport } from "../../operations/deploy/report";
import { wrongInAnswer } from "../support/answer";
import { edit } from "../support/offline-cluster";
import { type Run, run, scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const CLUSTER = "insiders.dev.example.com";
const PROTECTED = "production.eks.example.com";
const work = scratch();
const definitions = join(work.path, "definitions");
const plans = join(work.path, "plans");
const store = join(work.path, "store");
let providers: OfflineProviders;

/** Runs the command where nothing else writes, against the simulated cloud. */
const fleet = (...args: string[]): Promise<Run> =>
  run("sh", ["-c", 'cd "$0" && exec "$@"', work.path, resolve("cli/fleet.mjs"), ...args], {
    ...providers.env,
    CLUSTER_NAME: undefined,
    DEFINITIONS_DIR: definitions,
    FLEET_LOCAL_STATE: join(work.path, "state"),
  });
const outcomes = ({ stdout }: Run): string[] =>
  (JSON.parse(stdout) as DeployReport).clusters.flatMap(({ stacks }) => stacks.map(({ outcome }) => outcome));

beforeAll(async () => {
  cpSync(SAMPLE_FLEET, definitions, { recursive: true });
  await synthesizeFleet(join(work.path, "types"), definitions, CLUSTER);
  providers = await startOfflineProviders({ stacks: [join(work.path, "types/stacks")], storeDirectory: store });
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

test("without a terminal, approval or plans nothing starts", async () => {
  const [deploy, destroy] = await Promise.all([fleet("deploy", CLUSTER), fleet("destroy", CLUSTER)]);
  expect(deploy).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "nobody can be asked here, because this is no terminal. Use --approve, or --plans with the plans that somebody has read\n",
  });
  expect([destroy.code, destroy.stderr]).toEqual([1, expect.stringContaining(`Use --approve ${CLUSTER}\n`)]);
});

test("a command without a cluster is refused", async () => {
  const { code, stderr } = await fleet("deploy", "--approve");
  expect([code, stderr]).toEqual([1, expect.stringContaining("no cluster is named")]);
});

test("a protected cluster is not destroyed, not even by its name", async () => {
  const { code, stderr } = await fleet("destroy", PROTECTED, "--approve", PROTECTED);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`${PROTECTED} has deletion_protection. Set`)]);
});

test("an overlap stops the clusters that it concerns, and no other", async () => {
  const file = join(definitions, "clusters/platform/staging.dev.example.com.yaml");
  edit(file, "10.64.0.0/16", "10.65.0.0/16");
  const [own, other] = await Promise.all([
    fleet("deploy", CLUSTER, "--approve"),
    fleet("destroy", PROTECTED, "--approve", PROTECTED),
  ]);
  edit(file, "10.65.0.0/16", "10.64.0.0/16");

  expect([own.code, own.stderr]).toEqual([1, expect.stringContaining(`overlaps 10.65.0.0/16 of ${CLUSTER}`)]);
  expect(other.stderr).toContain("warning: 1 error in other definitions does not stop this");
  expect(other.stderr).toContain("has deletion_protection");
});

// One cluster's life: each test goes on where the one before has ended.
describe("a new cluster", () => {
  test("is planned as far as possible, and rehearsed from there", async () => {
    const { code, stdout } = await fleet("plan", CLUSTER, "--out", plans, "--json");
    const { clusters } = JSON.parse(stdout) as PlanReport;

    expect([code, wrongInAnswer("plan", stdout)]).toEqual([0, null]);
    expect(clusters[0]?.stacks.map(({ source, stack, waits_for }) => [stack, source, waits_for])).toEqual([
      ["networking", "plan", null],
      ["eks-cluster", "rehearsal", "networking"],
      ["eks-workers", "rehearsal", "networking"],
      ["addons", "rehearsal", "networking"],
    ]);
    expect(clusters[0]?.stacks.every(({ changes }) => (changes?.create.length ?? 0) > 0)).toBe(true);
    expect(readdirSync(plans).sort()).toEqual(["insiders-dev-example-com-networking.tfplan", "plans.json"]);
  });

  test("gets the plans that were kept, and no stack that nobody has seen a plan of", async () => {
    const deployed = await fleet("deploy", CLUSTER, "--plans", plans, "--json");
    expect([deployed.code, outcomes(deployed)]).toEqual([2, ["applied", "stopped", "not reached", "not reached"]]);
  });

  test("goes on with approval", async () => {
    const deployed = await fleet("deploy", CLUSTER, "--approve", "--json");
    expect([deployed.code, outcomes(deployed)]).toEqual([0, ["unchanged", "applied", "applied", "applied"]]);
    expect(wrongInAnswer("deploy", deployed.stdout)).toBeNull();
  });

  test("is stopped by the guard if its network would be replaced", async () => {
    edit(join(definitions, `clusters/platform/${CLUSTER}.yaml`), "10.65.0.0/16", "10.99.0.0/16");
    const { code, stdout } = await fleet("deploy", CLUSTER, "--approve");
    edit(join(definitions, `clusters/platform/${CLUSTER}.yaml`), "10.99.0.0/16", "10.65.0.0/16");

    expect(code).toBe(2);
    expect(stdout).toMatch(/^stopped: networking: \S+ aws_vpc\.\S+/m);
    expect(stdout).toContain(`go on with: fleet deploy ${CLUSTER} --approve`);
  });

  test("is destroyed by its name, with everything in it", async () => {
    const destroyed = await fleet("destroy", CLUSTER, "--approve", CLUSTER, "--json");
    expect([destroyed.code, outcomes(destroyed)]).toEqual([0, STACKS.map(() => "applied")]);
    expect(wrongInAnswer("destroy", destroyed.stdout)).toBeNull();
    expect(new Store(store).objects()).toEqual([]);
  });
});

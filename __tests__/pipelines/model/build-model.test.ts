import { buildModel } from "../../../pipelines/model/build-model";
import { hasCommand, STAGES } from "../../../pipelines/model/stage";
import { clusterOf } from "../../support/cluster";
import { LEAST, modelFor, SURROUNDINGS } from "../../support/pipelines/sample-model";

const { pipelines } = modelFor("github", { github: { code_scanning: true } });
const jobs = pipelines.flatMap((pipeline) => pipeline.jobs.map((job) => ({ ...job, pipeline })));
const named = (found: typeof jobs): string[] => found.map(({ name, pipeline }) => `${pipeline.name}/${name}`);

test("every stage is a step of a job", () => {
  const used = new Set(jobs.flatMap(({ steps }) => steps.map(({ stage }) => stage)));

  expect(STAGES.filter((stage) => !used.has(stage))).toEqual([]);
});

test("steps that run even after a failure are at the end of their job", () => {
  for (const { steps } of jobs) {
    const first = steps.findIndex(({ evenIfFailed }) => evenIfFailed);

    expect(steps.slice(first < 0 ? steps.length : first).every(({ evenIfFailed }) => evenIfFailed)).toBe(true);
  }
});

test("exactly the jobs with a result for people send messages at their end", () => {
  expect(named(jobs.filter(({ steps }) => steps.at(-1)?.stage === "tell"))).toEqual(
    named(jobs.filter(({ tells }) => tells.length > 0)),
  );
});

test("no job of a pull request can assume the role that applies or destroys", () => {
  const found = jobs.filter(
    ({ identity, pipeline }) =>
      pipeline.triggers.some(({ on }) => on === "change") && (identity === "apply" || identity === "destroy"),
  );

  expect(named(found)).toEqual([]);
});

test("only jobs that change an account wait for a person, and they are never cancelled and run one at a time for a cluster", () => {
  const found = jobs.filter(({ identity }) => identity === "apply" || identity === "destroy");

  expect(named(found)).toEqual(["deploy/apply", "destroy/destroy"]);
  expect(named(jobs.filter(({ approval }) => approval))).toEqual(["deploy/apply", "destroy/destroy"]);
  for (const { cancellable, oneAtATime } of found) {
    expect(cancellable).toBe(false);
    expect(oneAtATime).toBe("cluster");
  }
});

test("a job that runs for forks has neither an identity nor a right to write", () => {
  const found = jobs.filter(({ forks }) => forks);

  expect(named(found)).toEqual(["pull-request/check", "pull-request/review"]);
  for (const { identity, rights, tells } of found) {
    expect(identity).toBe("none");
    expect(rights.filter((right) => right !== "annotations")).toEqual([]);
    expect(tells).toEqual([]);
  }
});

test("each apply follows a plan that the guard judges in the same job, and is recorded even after a failure", () => {
  for (const { steps } of jobs.filter(({ steps }) => steps.some(({ stage }) => stage === "apply"))) {
    const stages = steps.map(({ stage }) => stage);

    expect(stages).toEqual(["approve", "claim", "tell", "plan", "guard", "apply", "verify", "record", "tell"]);
    expect(steps.flatMap(({ evenIfFailed, stage }) => (evenIfFailed ? [stage] : []))).toEqual(["record", "tell"]);
  }
});

test("jobs wait for and read jobs that come before them in their pipeline", () => {
  for (const { jobs: own } of pipelines)
    for (const [index, { after, each, reads }] of own.entries())
      for (const other of [...after, ...reads, ...(each === null ? [] : [each.from])])
        expect(own.slice(0, index).map(({ name }) => name)).toContain(other);
});

test("every stage but the approval has a command", () => {
  expect(STAGES.filter((stage) => !hasCommand(stage))).toEqual(["approve"]);
});

test("schedules have a default, and null switches one off", () => {
  const scheduled = (schedules: object) =>
    buildModel({ ...LEAST, schedules }, [], SURROUNDINGS).pipelines.flatMap(({ name, triggers }) =>
      triggers.flatMap((trigger) => (trigger.on === "schedule" ? [`${name} ${trigger.cron} ${trigger.timeZone}`] : [])),
    );

  expect(scheduled({ drift: null, bump: { cron: "0 9 * * 2", time_zone: "Europe/Brussels" } })).toEqual([
    "deploy */30 * * * * UTC",
    "bump 0 9 * * 2 Europe/Brussels",
    "deadlines 0 7 * * 1-5 UTC",
    "drill 0 3 1 * * UTC",
  ]);
});

test("a deploy requires approval unless the account says otherwise", () => {
  const cluster = clusterOf();
  const approval = (pipelines: { approval?: boolean } | undefined): boolean | undefined =>
    buildModel(LEAST, [{ ...cluster, account: { ...cluster.account, pipelines } }], SURROUNDINGS).clusters[0]?.approval;

  expect([approval(undefined), approval({}), approval({ approval: false })]).toEqual([true, true, false]);
});

import { ConcourseRunner } from "../../support/pipelines/running/concourse-runner";
import { leftOf, MESSAGES, openChange, whileDrifted, whileFailing } from "../../support/pipelines/running/life";
import { endings, RunningFleet } from "../../support/pipelines/running/running-fleet";
import { FIRST, fileOf, ROLE } from "../../support/pipelines/running/small-fleet";

// The life of github.slow.test.ts by Concourse's own rules: each test goes on where the one before has ended.
const fleet = new RunningFleet("concourse");
let runner: ConcourseRunner;
jest.setTimeout(240_000);
beforeAll(async () => {
  await fleet.start();
  runner = new ConcourseRunner(fleet.machine, {
    "fleet-read-token": fleet.hosting.tokenFor({}),
    "fleet-ci-token": fleet.hosting.tokenFor({ contents: "write", issues: "write", "pull-requests": "write" }),
    "fleet-slack-token": "xoxb-token",
  });
});
afterAll(() => fleet.stop());
beforeEach(() => {
  fleet.hosting.slack.length = 0;
  fleet.hosting.assumed.length = 0;
});
afterEach(() => expect(fleet.hosting.refused).toEqual([]));

const pipelineOf = (cluster: string): string => `fleet-cluster/cluster:${cluster}`;

test("the mother sets a pipeline for each owner, which sets one for each cluster, and each of them shows its plan", async () => {
  const runs = await runner.fly("fleet", fleet.repository.read("concourse/fleet.yml"));

  expect(runner.names).toEqual([
    "fleet",
    "fleet-changes",
    pipelineOf(FIRST),
    "fleet-owner/owner:search",
    "fleet-upkeep",
  ]);
  expect(endings(runs)).toEqual([`${pipelineOf(FIRST)} plan-deploy.preview: success, plan 0, guard 0, tell 0`]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.waits]);
});

test("an apply that a person starts deploys the cluster", async () => {
  const runs = await runner.start(pipelineOf(FIRST), "apply-deploy.apply");

  expect(endings(runs)).toEqual([
    `${pipelineOf(FIRST)} apply-deploy.apply: success, claim 0, tell 0, plan 0, guard 0, apply 0, verify 0, record 0, tell 0`,
  ]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.started, MESSAGES.healthy]);
  expect(fleet.assumptions()).toEqual([`${ROLE}/apply by main/fleet-cluster/cluster:${FIRST}/apply-deploy.apply`]);
  expect(fleet.recorded()).toEqual(["wanted", "started", "ended succeeded", "observed healthy"]);
});

test("drift becomes one issue", async () => {
  const runs = await whileDrifted(fleet, () => runner.tick("drift"));

  expect(endings(runs)).toEqual([
    "fleet-upkeep plan-drift.drift.1: success, choose --for drift 0, drift 0, report 0, tell 0",
  ]);
  expect(fleet.hosting.threads.map(({ title }) => title)).toEqual([`Drift: ${FIRST}`]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.drift]);
});

test("a pull request gets a status for each job, one comment, and plans", async () => {
  const number = openChange(fleet);
  const runs = await runner.pullRequest({ number, isFork: false });

  expect(endings(runs)).toEqual([
    "fleet-changes pull-request.check: success, validate 0, test 0",
    "fleet-changes pull-request.review: success, diff 0, affected 0, rehearse 0",
    "fleet-changes plan-pull-request.plan.1: success, affected 0, plan 0, guard 0",
    "fleet-changes pull-request.comment: success, diff 0, affected 0, comment 0",
  ]);
  expect(runs[2]?.output).toContain(`${FIRST} eks-workers: 1 to update`);
  expect(runner.statuses.splice(0)).toEqual(
    ["check", "review", "plan.1", "comment"].map((job) => `${number} fleet/${job} SUCCESS`),
  );
  expect(fleet.hosting.threads[number - 1]?.comments.length).toBe(1);
});

test("a pull request of a fork is only checked, by jobs that find no token that may write", async () => {
  const number = fleet.hosting.openPull("broken");
  const text = fleet.repository.read(fileOf(FIRST)).replace("max_size: 3", "max_size: 0");
  fleet.repository.pull(number, "broken", { [fileOf(FIRST)]: text });
  const runs = await runner.pullRequest({ number, isFork: true });

  expect(endings(runs).map((line) => line.split(",")[0])).toEqual([
    "fleet-changes pull-request.check: failure",
    "fleet-changes pull-request.review: failure",
  ]);
  expect(runner.statuses).toEqual([`${number} fleet/check FAILURE`, `${number} fleet/review FAILURE`]);
  expect([...runner.seenByForks]).toEqual(["fleet-read-token"]);
});

test("a deploy that fails is recorded and halts the rollout", async () => {
  const runs = await whileFailing(fleet, async () => [
    ...(await runner.push()),
    ...(await runner.start(pipelineOf(FIRST), "apply-deploy.apply")),
  ]);

  expect(endings(runs).at(-1)).toBe(
    `${pipelineOf(FIRST)} apply-deploy.apply: failure, claim 0, tell 0, plan 0, guard 0, apply 1, record 0, tell 0`,
  );
  expect(fleet.hosting.slack.slice(-3)).toEqual([MESSAGES.started, MESSAGES.failed, MESSAGES.halted]);
  expect(fleet.recorded().slice(-2)).toEqual(["started", "ended failed"]);
});

test("a person destroys a cluster in its pipeline", async () => {
  const runs = await runner.start(pipelineOf(FIRST), "destroy-destroy.destroy");

  expect(endings(runs)).toEqual([`${pipelineOf(FIRST)} destroy-destroy.destroy: success, destroy 0, record 0, tell 0`]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.destroyed]);
  expect(leftOf(fleet)).toEqual([]);
});

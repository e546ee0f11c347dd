import { leftOf, MESSAGES, openChange, whileDrifted, whileFailing } from "../../support/pipelines/running/life";
import { ProwRunner } from "../../support/pipelines/running/prow-runner";
import { endings, RunningFleet } from "../../support/pipelines/running/running-fleet";
import { FIRST, ROLE } from "../../support/pipelines/running/small-fleet";

// The life of github.slow.test.ts by Prow's own rules: each test goes on where the one before has ended.
const fleet = new RunningFleet("prow");
let runner: ProwRunner;
jest.setTimeout(240_000);
beforeAll(async () => {
  await fleet.start();
  runner = new ProwRunner(fleet.machine, {
    "fleet-ci-token/token": fleet.hosting.tokenFor({ contents: "write", issues: "write", "pull-requests": "write" }),
    "fleet-messages/slack-token": "xoxb-token",
  });
});
afterAll(() => fleet.stop());
beforeEach(() => {
  fleet.hosting.slack.length = 0;
  fleet.hosting.assumed.length = 0;
});
afterEach(() => expect(fleet.hosting.refused).toEqual([]));

const jobs = (): string => fleet.repository.read("prow/jobs.yaml");
const ALL = "claim 0, tell 0, plan 0, guard 0, apply 0, verify 0, record 0, tell 0";

test("a merge starts a job for each cluster, which deploys it if it is its turn", async () => {
  const runs = await runner.postsubmits(jobs());

  expect(endings(runs)).toEqual([`deploy.apply.${FIRST}: success, ${ALL}`]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.started, MESSAGES.healthy]);
  expect(fleet.assumptions()).toEqual([`${ROLE}/apply by system:serviceaccount:test-pods:fleet-apply`]);
  expect(fleet.recorded()).toEqual(["wanted", "started", "ended succeeded", "observed healthy"]);
});

test("drift becomes one issue", async () => {
  const runs = await whileDrifted(fleet, () => runner.periodics(jobs(), "drift."));

  expect(endings(runs)).toEqual(["drift.drift.1: success, choose --for drift 0, drift 0, report 0, tell 0"]);
  expect(fleet.hosting.threads.map(({ title }) => title)).toEqual([`Drift: ${FIRST}`]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.drift]);
});

test("a pull request gets one comment, and plans", async () => {
  const number = openChange(fleet);
  const runs = await runner.presubmits(jobs(), number);

  expect(endings(runs)).toEqual([
    "pull-request.check: success, validate 0, test 0",
    "pull-request.review: success, diff 0, affected 0, rehearse 0",
    "pull-request.plan.1: success, affected 0, plan 0, guard 0",
    "pull-request.comment: success, diff 0, affected 0, comment 0",
  ]);
  expect(runs[2]?.output).toContain(`${FIRST} eks-workers: 1 to update`);
  expect(fleet.hosting.threads[number - 1]?.comments.length).toBe(1);
});

test("a deploy that fails is recorded and halts the rollout, and the next periodic starts nothing", async () => {
  const runs = await whileFailing(fleet, () => runner.postsubmits(jobs()));

  expect(endings(runs)[0]).toBe(
    `deploy.apply.${FIRST}: failure, claim 0, tell 0, plan 0, guard 0, apply 1, record 0, tell 0`,
  );
  expect(fleet.hosting.slack).toEqual([MESSAGES.started, MESSAGES.failed, MESSAGES.halted]);
  expect(fleet.recorded().slice(-2)).toEqual(["started", "ended failed"]);
  const later = await runner.periodics(jobs(), `deploy.apply.${FIRST}`);
  expect(later.map(({ output, result }) => [result, output.includes("is not deployed by this run")])).toEqual([
    ["success", true],
  ]);
});

test("a person destroys a cluster with a job that mkpj writes", async () => {
  const runs = await runner.start(jobs(), `destroy.destroy.${FIRST}`);

  expect(endings(runs)).toEqual([`destroy.destroy.${FIRST}: success, destroy 0, record 0, tell 0`]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.destroyed]);
  expect(leftOf(fleet)).toEqual([]);
});

import { GitlabRunner, type Start } from "../../support/pipelines/running/gitlab-runner";
import { leftOf, MESSAGES, openChange, whileDrifted, whileFailing } from "../../support/pipelines/running/life";
import { type JobRun, outputOf } from "../../support/pipelines/running/machine";
import { endings, RunningFleet } from "../../support/pipelines/running/running-fleet";
import { FIRST, fileOf, ROLE } from "../../support/pipelines/running/small-fleet";

// The life of github.slow.test.ts by GitLab's own rules: each test goes on where the one before has ended.
const PROJECT = "project_path:example/clusters:ref_type:branch:ref";
const fleet = new RunningFleet("gitlab");
let runner: GitlabRunner;
jest.setTimeout(240_000);
beforeAll(async () => {
  await fleet.start();
  const token = fleet.hosting.tokenFor({ contents: "write", issues: "write", "pull-requests": "write" });
  runner = new GitlabRunner({ ...fleet.machine, secrets: { ...fleet.machine.secrets, FLEET_CI_TOKEN: token } });
});
afterAll(() => fleet.stop());
beforeEach(() => {
  fleet.hosting.slack.length = 0;
  fleet.hosting.assumed.length = 0;
});
afterEach(() => expect(fleet.hosting.refused).toEqual([]));

const run = (start: Start): Promise<readonly JobRun[]> => runner.run(fleet.repository.read(".gitlab-ci.yml"), start);
const MERGE: Start = { source: "push", branch: "main", plays: ["deploy:apply"] };
const byHand = (pipeline: string, variables: object = {}): Readonly<Record<string, string>> => ({
  // The form of GitLab sends every variable that the file names.
  ...{ FLEET_PIPELINE: pipeline, CLUSTER_NAME: "", TARGET: "", RELEASE: "" },
  ...variables,
});

test("a merge deploys the cluster whose turn it is, in a child pipeline, once a person has started it", async () => {
  const runs = await run(MERGE);

  expect(endings(runs)).toEqual([
    "findings:findings: success, findings 0",
    "deploy:choose: success, choose --for deploy 0",
    `deploy:preview ${FIRST}: success, plan 0, guard 0, tell 0`,
    `deploy:apply ${FIRST}: success, claim 0, tell 0, plan 0, guard 0, apply 0, verify 0, record 0, tell 0`,
  ]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.waits, MESSAGES.started, MESSAGES.healthy]);
  expect(fleet.assumptions()).toEqual([`${ROLE}/apply by ${PROJECT}:main`, `${ROLE}/plan by ${PROJECT}:main`]);
  expect(fleet.recorded()).toEqual(["wanted", "started", "ended succeeded", "observed healthy"]);
});

test("drift becomes one issue of the project, by the schedule that names its pipeline", async () => {
  const start: Start = { source: "schedule", branch: "main", variables: { FLEET_PIPELINE: "drift" } };
  const runs = await whileDrifted(fleet, () => run(start));

  expect(endings(runs)).toEqual([
    "drift:choose: success, choose --for drift 0",
    "drift:drift 1/2: success, drift 0",
    "drift:drift 2/2: success, drift 0",
    "drift:report: success, report 0, tell 0",
  ]);
  expect(fleet.hosting.threads.map(({ labels, title }) => [title, ...labels])).toEqual([
    [`Drift: ${FIRST}`, "fleet-drift"],
  ]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.drift]);
});

test("a merge request gets one comment with the plans of its own branch's identity", async () => {
  const change = openChange(fleet);
  const runs = await run({ source: "merge_request_event", branch: "more-nodes", change });

  expect(endings(runs)).toEqual([
    "pull-request:check: success, validate 0, test 0",
    "pull-request:review: success, diff 0, affected 0, rehearse 0",
    "pull-request:plan 1/2: success, plan 0, guard 0",
    "pull-request:plan 2/2: success, plan 0, guard 0",
    "pull-request:comment: success, comment 0",
  ]);
  const comments = fleet.hosting.threads[change - 1]?.comments ?? [];
  expect(comments.map(({ body }) => body.includes("| `a-example-com-eks-workers` | 1 to update |"))).toEqual([true]);
});

test("a merge request of a fork runs in the fork, and is only checked", async () => {
  const change = fleet.hosting.openPull("broken");
  const text = fleet.repository.read(fileOf(FIRST)).replace("max_size: 3", "max_size: 0");
  fleet.repository.pull(change, "broken", { [fileOf(FIRST)]: text });
  const runs = await run({ source: "merge_request_event", branch: "broken", change, from: "mallory/clusters" });

  expect(endings(runs).map((line) => line.split(",")[0])).toEqual([
    "pull-request:check: failure",
    "pull-request:review: failure",
  ]);
});

test("a deploy that fails is recorded and halts the rollout", async () => {
  const runs = await whileFailing(fleet, () => run(MERGE));

  expect(endings(runs).slice(2)).toEqual([
    `deploy:preview ${FIRST}: success, plan 0, guard 0, tell 0`,
    `deploy:apply ${FIRST}: failure, claim 0, tell 0, plan 0, guard 0, apply 1, record 0, tell 0`,
  ]);
  expect(fleet.hosting.slack.slice(2)).toEqual([MESSAGES.failed, MESSAGES.halted]);
  expect(fleet.recorded().slice(-2)).toEqual(["started", "ended failed"]);
});

test("after a failure, the child pipeline has a job that says that nothing is to be done, because none may be empty", async () => {
  const runs = await run({ ...MERGE, source: "schedule", variables: { FLEET_PIPELINE: "deploy" } });

  expect(endings(runs)).toEqual(["deploy:choose: success, choose --for deploy 0", "deploy:nothing: success"]);
  expect(outputOf(runs, "deploy:nothing")).toContain("No cluster is to be deployed now.");
});

test("a person destroys the cluster that the form names, on the branch that may", async () => {
  fleet.repository.git("push", "--quiet", "origin", "main:destroy");
  const variables = byHand("destroy", { CLUSTER_NAME: FIRST });
  const runs = await run({ source: "web", branch: "destroy", plays: ["destroy:destroy"], variables });

  expect(endings(runs)).toEqual([
    "destroy:choose: success, choose --for destroy 0",
    `destroy:destroy ${FIRST}: success, destroy 0, record 0, tell 0`,
  ]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.destroyed]);
  expect(leftOf(fleet)).toEqual([]);
});

import { GROUP, leftOf, MESSAGES, openChange, whileDrifted, whileFailing } from "../../support/pipelines/running/life";
import { outputOf } from "../../support/pipelines/running/machine";
import { endings, RunningFleet } from "../../support/pipelines/running/running-fleet";
import { FIRST, ROLE } from "../../support/pipelines/running/small-fleet";

// The scripts of the generated workflows, one after the other, against one simulated cloud: each test goes on where the one before has ended.
const MAIN = "refs/heads/main";
// make verify-tofu runs the same with the real OpenTofu.
const fleet = new RunningFleet("github", { tofu: process.env["VERIFY_TOFU"] });
jest.setTimeout(240_000);
beforeAll(() => fleet.start());
afterAll(() => fleet.stop());
beforeEach(() => {
  fleet.hosting.slack.length = 0;
});
afterEach(() => expect(fleet.hosting.refused).toEqual([]));

test("a merge deploys the cluster whose turn it is, and messages reach its owner at each step", async () => {
  const runs = await fleet.run("deploy", { name: "push", ref: MAIN });

  expect(endings(runs)).toEqual([
    "choose: success, choose --for deploy 0",
    `preview ${FIRST}: success, plan 0, guard 0, tell 0`,
    `apply ${FIRST}: success, claim 0, tell 0, plan 0, guard 0, apply 0, verify 0, record 0, tell 0`,
  ]);
  expect(outputOf(runs, "choose")).toContain(`wait, wave first is not finished with 2026.12: ${FIRST}`);
  expect(fleet.hosting.slack).toEqual([MESSAGES.waits, MESSAGES.started, MESSAGES.healthy]);
  expect(fleet.assumptions()).toEqual([
    `${ROLE}/apply by repo:example/clusters:environment:one`,
    `${ROLE}/plan by repo:example/clusters:ref:${MAIN}`,
  ]);
  // The preview rehearses what cannot be planned yet, and the job that applies does not rehearse it again.
  expect(outputOf(runs, "preview")).toContain(
    "eks-workers: 9 to create, outputs change, as a rehearsal shows: it waits for",
  );
  expect(outputOf(runs, "apply")).toContain("eks-workers: not planned: it waits for networking");
  expect(fleet.recorded()).toEqual(["wanted", "started", "ended succeeded", "observed healthy"]);
});

test("what somebody changed in AWS is an issue with the definition's line, and a cluster that was never deployed is none", async () => {
  const runs = await whileDrifted(fleet, () => fleet.run("drift", { name: "schedule", ref: MAIN }));

  expect(endings(runs)).toEqual([
    "choose: success, choose --for drift 0",
    "drift 1: success, drift 0",
    "drift 2: success, drift 0",
    "report: success, report 0, tell 0",
  ]);
  expect(outputOf(runs, "drift")).toContain(`eks-workers ${GROUP} was changed outside of Terraform`);
  expect(runs.find(({ name }) => name === "drift 2")?.output).toContain("was never deployed");
  const issues = fleet.hosting.threads.filter(({ labels }) => labels.includes("fleet-drift"));
  expect(issues.map(({ title }) => title)).toEqual([`Drift: ${FIRST}`]);
  expect(issues[0]?.body.match(/^\| \d.*$/gm)).toEqual([
    expect.stringMatching(
      /^\| \S+ \| eks-workers \| `\S+` \| changed: `scaling_config.max_size` \| `\S+a\.example\.com\.yaml:\d+ tfvars\.workers\[general\]\.max_size` \|$/,
    ),
  ]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.drift]);
});

test("a pull request gets one comment with plans of the stacks that it changes, which a later push updates", async () => {
  const number = openChange(fleet);
  const runs = await fleet.run("pull-request", fleet.pullRequest(number));

  expect(endings(runs)).toEqual([
    "check: success, validate 0, test 0",
    "review: success, diff 0, affected 0, rehearse 0",
    "plan 1: success, plan 0, guard 0",
    "comment: success, comment 0",
    "required: skipped",
  ]);
  const [comment, ...others] = fleet.hosting.threads[number - 1]?.comments ?? [];
  expect(others).toEqual([]);
  expect(comment?.body).toContain("| `a-example-com-eks-workers` | 1 to update |");
  expect(comment?.body).toContain("- `scaling_config.max_size: 3 -> 4`");
  expect(outputOf(runs, "review")).toContain(`~ ${GROUP}: scaling_config`);
  await fleet.run("findings", { name: "push", ref: MAIN });
  expect(fleet.hosting.scans.map((sarif) => JSON.parse(sarif).version)).toEqual(["2.1.0", "2.1.0"]);
});

test("a deploy that fails is recorded with its reason, halts the rollout, and its messages say what to do", async () => {
  const runs = await whileFailing(fleet, () => fleet.run("deploy", { name: "push", ref: MAIN }));

  expect(endings(runs)).toEqual([
    "choose: success, choose --for deploy 0",
    `preview ${FIRST}: success, plan 0, guard 0, tell 0`,
    `apply ${FIRST}: failure, claim 0, tell 0, plan 0, guard 0, apply 1, record 0, tell 0`,
  ]);
  expect(fleet.hosting.slack.slice(2)).toEqual([MESSAGES.failed, MESSAGES.halted]);
  expect(outputOf(runs, "apply")).toContain("- eks-workers failed: aws_eks_node_group.workers_more_");
  expect(fleet.recorded().slice(-2)).toEqual(["started", "ended failed"]);
});

test("nothing is deployed after a failure until a person has resumed, and the summary shows the runs so far", async () => {
  const runs = await fleet.run("deploy", { name: "schedule", ref: MAIN });

  expect(runs[0]?.summary).toMatch(
    /^\| a\.example\.com \| 2026\.12 \| failed \| deploy \| \[✘\]\(https:\S+\) \[✔\]\(https:\S+\) \| failed \S+ eks-workers failed/m,
  );

  expect(endings(runs)).toEqual(["choose: success, choose --for deploy 0", "preview: skipped", "apply: skipped"]);
});

test("a person destroys a cluster, with the role that may", async () => {
  const event = { name: "workflow_dispatch", ref: MAIN, inputs: { CLUSTER_NAME: FIRST } } as const;
  const runs = await fleet.run("destroy", event);

  expect(endings(runs)).toEqual([
    "choose: success, choose --for destroy 0",
    `destroy ${FIRST}: success, destroy 0, record 0, tell 0`,
  ]);
  expect(fleet.hosting.slack).toEqual([MESSAGES.destroyed]);
  expect(leftOf(fleet)).toEqual([]);
});

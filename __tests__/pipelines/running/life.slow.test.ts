import { Store } from "../../../offline/store/store";
import type { JobRun } from "../../support/pipelines/running/github-runner";
import { endings, RunningFleet } from "../../support/pipelines/running/running-fleet";
import { FIRST, fileOf } from "../../support/pipelines/running/small-fleet";

// The scripts of the generated workflows, one after the other, against one simulated cloud: each test goes on where the one before has ended.
const MAIN = "refs/heads/main";
const ROLE = "arn:aws:iam::444444444444:role";
const fleet = new RunningFleet();
jest.setTimeout(240_000);
beforeAll(() => fleet.start());
afterAll(() => fleet.stop());
beforeEach(() => {
  fleet.hosting.slack.length = 0;
});
afterEach(() => expect(fleet.hosting.refused).toEqual([]));

const outputOf = (runs: readonly JobRun[], job: string): string =>
  runs.find((run) => run.job === job)?.output ?? `no job ${job}`;

test("a merge deploys the cluster whose turn it is, and messages reach its owner at each step", async () => {
  const runs = await fleet.run("deploy", { name: "push", ref: MAIN });

  expect(endings(runs)).toEqual([
    "choose: success, choose --for deploy 0",
    `preview ${FIRST}: success, plan 0, guard 0, tell 0`,
    `apply ${FIRST}: success, claim 0, tell 0, plan 0, guard 0, apply 0, verify 0, record 0, tell 0`,
  ]);
  expect(outputOf(runs, "choose")).toContain(`wait, wave first is not finished with 2026.12: ${FIRST}`);
  expect(fleet.hosting.slack).toEqual([
    `#search: ${FIRST} waits for approval`,
    `#search: ${FIRST}: deploy of 2026.12 started`,
    `#search: ${FIRST} is deployed and healthy`,
  ]);
  expect(new Set(fleet.hosting.assumed.map(({ role, subject }) => `${role} by ${subject}`))).toEqual(
    new Set([
      `${ROLE}/plan by repo:example/clusters:ref:${MAIN}`,
      `${ROLE}/apply by repo:example/clusters:environment:one`,
    ]),
  );
  expect(fleet.recorded()).toEqual(["wanted", "started", "ended succeeded", "observed healthy"]);
});

test("what somebody changed in AWS is an issue with the definition's line, and a cluster that was never deployed is none", async () => {
  const store = new Store(fleet.store);
  const group = store.only("aws_eks_node_group");
  const [scaling] = group.state["scaling_config"] as [Record<string, never>];
  store.edit(group, { scaling_config: [{ ...scaling, max_size: 9 }] });
  const runs = await fleet.run("drift", { name: "schedule", ref: MAIN });
  store.update(group.place, group.state);

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
  expect(fleet.hosting.slack).toEqual([`#search: Drift: ${FIRST}`]);
});

const GROUP = "aws_eks_node_group.workers_general_CE6D1FA2";

test("a pull request gets one comment with plans of the stacks that it changes, which a later push updates", async () => {
  const text = fleet.repository.read(fileOf(FIRST));
  const number = fleet.hosting.openPull("more-nodes");
  fleet.repository.pull(number, "more-nodes", { [fileOf(FIRST)]: text.replace("max_size: 3", "max_size: 4") });
  const event = fleet.pullRequest(number);
  const runs = await fleet.run("pull-request", event);

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
});

test("a deploy that fails is recorded with its reason, halts the rollout, and its messages say what to do", async () => {
  const more = "    - { name: more, min_size: 1, max_size: 1 }\n";
  fleet.repository.merge({ [fileOf(FIRST)]: fleet.repository.read(fileOf(FIRST)).replace("  addons:\n", `${more}$&`) });
  fleet.fail("aws_eks_node_group");
  const runs = await fleet.run("deploy", { name: "push", ref: MAIN });
  fleet.fail();

  expect(endings(runs)).toEqual([
    "choose: success, choose --for deploy 0",
    `preview ${FIRST}: success, plan 0, guard 0, tell 0`,
    `apply ${FIRST}: failure, claim 0, tell 0, plan 0, guard 0, apply 1, record 0, tell 0`,
  ]);
  expect(fleet.hosting.slack.slice(2)).toEqual([
    `#search: The deploy of ${FIRST} failed`,
    "#search: The rollout is halted",
  ]);
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
  expect(fleet.hosting.slack).toEqual([`#search: ${FIRST} is destroyed`]);
  expect(new Store(fleet.store).objects()).toEqual([]);
});

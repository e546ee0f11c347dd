import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { clustersToPlan, removedStacks } from "../../.github/scripts/clusters-to-plan";
import { clusterOf } from "../support/cluster";

const root = join(__dirname, "../..");
const SCRIPTS = join(root, ".github/scripts");
const PLAN_ROLE = "arn:aws:iam::111111111111:role/cluster-plan";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "github-scripts-"));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(join(scratch, file, ".."), { recursive: true });
  writeFileSync(join(scratch, file), text, { mode: 0o755 });
}

const read = (file: string): string => readFileSync(join(scratch, file), "utf8");

/** Runs a script in the scratch directory, where `bin` comes first in the path. */
function run(script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const path = [join(scratch, "bin"), process.env["PATH"]].join(delimiter);
  return spawnSync(process.execPath, [join(SCRIPTS, script), ...args], {
    cwd: scratch,
    encoding: "utf8",
    env: {
      ...process.env,
      GITHUB_STEP_SUMMARY: "",
      RUNNER_TEMP: scratch,
      TERRAFORM_BINARY_NAME: "",
      ...env,
      PATH: path,
    },
  });
}

describe("clusters-to-plan", () => {
  const stack = (directory: string, id: string, text: string) => write(`${directory}/stacks/${id}/cdk.tf.json`, text);
  const directories = () => ({ head: join(scratch, "head"), base: join(scratch, "base") });
  const one = clusterOf();

  test("lists every stack of a cluster, changed or not", () => {
    stack("head", `${one.slug}-eks-cluster`, "same");
    stack("base", `${one.slug}-eks-cluster`, "same");
    stack("head", `${one.slug}-networking`, "new");

    expect(clustersToPlan([one], directories(), { onlyChanged: false })).toEqual([
      { name: one.name, plan_role: one.account.roles.plan, stacks: `${one.slug}-networking ${one.slug}-eks-cluster` },
    ]);
  });

  test("with onlyChanged, lists new and changed stacks in the order of their deploy", () => {
    stack("head", `${one.slug}-addons`, "new");
    stack("head", `${one.slug}-networking`, "after");
    stack("base", `${one.slug}-networking`, "before");
    stack("head", `${one.slug}-eks-cluster`, "same");
    stack("base", `${one.slug}-eks-cluster`, "same");

    expect(clustersToPlan([one], directories(), { onlyChanged: true })).toEqual([
      { name: one.name, plan_role: one.account.roles.plan, stacks: `${one.slug}-networking ${one.slug}-addons` },
    ]);
  });

  test("with onlyChanged, omits a cluster without changes", () => {
    stack("head", `${one.slug}-networking`, "same");
    stack("base", `${one.slug}-networking`, "same");

    expect(clustersToPlan([one], directories(), { onlyChanged: true })).toEqual([]);
  });

  test("lists stacks whose definition is removed", () => {
    stack("base", "gone-addons", "x");
    stack("base", "here-addons", "x");
    stack("head", "here-addons", "x");

    expect(removedStacks(directories())).toEqual(["gone-addons"]);
  });

  test("counts every stack as new without a base", () => {
    stack("head", `${one.slug}-networking`, "new");

    expect(clustersToPlan([one], directories(), { onlyChanged: true })).toHaveLength(1);
    expect(removedStacks(directories())).toEqual([]);
  });

  test("prints the outputs of a step", () => {
    const printed = execFileSync(
      process.execPath,
      ["launch.mjs", ".github/scripts/print-clusters-to-plan.ts", "a", "b"],
      {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    );

    expect(printed).toBe("clusters=[]\nremoved=\n");
  });
});

describe("plan-stacks", () => {
  const STACK = {
    terraform: { backend: { s3: { bucket: "b", assume_role: { role_arn: "writes" } } } },
    data: { terraform_remote_state: { networking: { config: { bucket: "b", assume_role: { role_arn: "writes" } } } } },
  };

  /** A terraform that notes how it was called, prints what the stack's folder says, and ends as it says. */
  function fakeTerraform(plans: Readonly<Record<string, readonly [code: number, said: string]>>): void {
    write(
      "bin/terraform",
      `#!/bin/sh
echo "$*" >> '${scratch}/calls'
dir=\${1#-chdir=}
[ "$2" = plan ] || exit 0
echo "$TF_VAR_role_arn_222222222222" > '${scratch}/there'
cat "$dir/said"
exit "$(cat "$dir/code")"
`,
    );
    for (const [stack, [code, said]] of Object.entries(plans)) {
      write(`cdktf.out/stacks/${stack}/cdk.tf.json`, JSON.stringify(STACK));
      write(`cdktf.out/stacks/${stack}/said`, said);
      write(`cdktf.out/stacks/${stack}/code`, String(code));
    }
  }

  const plan = (...stacks: string[]) => run("plan-stacks.mjs", ["plans", ...stacks], { TF_VAR_role_arn: PLAN_ROLE });

  test("plans without a lock, and reads state as the plan role", () => {
    fakeTerraform({ one: [0, "No changes."] });

    expect(plan("one").status).toBe(0);
    expect(read("calls")).toBe(
      "-chdir=cdktf.out/stacks/one init -no-color\n" +
        "-chdir=cdktf.out/stacks/one plan -no-color -lock=false -detailed-exitcode\n",
    );
    expect(read("cdktf.out/stacks/one/cdk.tf.json")).not.toContain("writes");
    expect(JSON.parse(read("cdktf.out/stacks/one/cdk.tf.json"))).toEqual({
      terraform: { backend: { s3: { bucket: "b", assume_role: { role_arn: PLAN_ROLE } } } },
      data: {
        terraform_remote_state: { networking: { config: { bucket: "b", assume_role: { role_arn: PLAN_ROLE } } } },
      },
    });
  });

  test("uses the plan role of a peered cluster's account for that account", () => {
    const there = "arn:aws:iam::222222222222:role/plan";
    const config = { bucket: "c", assume_role: { role_arn: "writes" } };
    fakeTerraform({ one: [0, "No changes."] });
    write(
      "cdktf.out/stacks/one/cdk.tf.json",
      JSON.stringify({
        ...STACK,
        data: { terraform_remote_state: { peer_b: { config }, peer_c: { config } } },
        locals: { plan_role_of_peer_b: there },
      }),
    );

    expect(plan("one").status).toBe(0);
    const { data } = JSON.parse(read("cdktf.out/stacks/one/cdk.tf.json"));
    expect(data.terraform_remote_state.peer_b.config.assume_role).toEqual({ role_arn: there });
    expect(data.terraform_remote_state.peer_c.config.assume_role).toEqual({ role_arn: PLAN_ROLE });
    expect(read("there")).toBe(`${there}\n`);
  });

  const MISSING = `Error: Unable to find remote state\n\nNo stored state was found for the given workspace.\n`;
  const WITHOUT_OUTPUT = `Error: Unsupported attribute

    │ data.terraform_remote_state.networking.outputs is object with no attributes

This object does not have an attribute named "vpc_id".
`;

  test.each([
    ["no changes", 0, 0, "No changes. Your infrastructure matches the configuration."],
    ["Plan: 3 to add, 0 to change, 1 to destroy.", 2, 0, "x\nPlan: 3 to add, 0 to change, 1 to destroy.\n"],
    ["only outputs change", 2, 0, "Changes to Outputs:\n  + a = 1"],
    ["waits: it reads outputs of a stack that is not deployed yet, and can be planned after that", 1, 0, MISSING],
    [
      "waits: it reads outputs of a stack that is not deployed yet, and can be planned after that",
      1,
      0,
      WITHOUT_OUTPUT,
    ],
    ["failed", 1, 1, `${MISSING}\nError: Invalid value\n`],
    ["failed", 1, 1, "Error: Unsupported attribute\n\nThis object has no attribute.\n"],
    ["failed", 137, 1, ""],
    [
      "failed: the runner does not reach the cluster (variable PLAN_RUNNER)",
      1,
      1,
      "Error: Kubernetes cluster unreachable: dial tcp: i/o timeout\n",
    ],
  ])("reports %j if terraform exits with %i", (status, code, ended, said) => {
    fakeTerraform({ one: [code, said] });

    expect(plan("one").status).toBe(ended);
    expect(read("plans/one.status")).toBe(`${status}\n`);
  });

  test("plans the other stacks after a failure, and exits with 1", () => {
    fakeTerraform({ one: [1, "Error: no\n"], two: [0, "No changes."] });

    expect(plan("one", "two").status).toBe(1);
    expect(read("plans/two.status")).toBe("no changes\n");
  });

  test("omits lines about data that was only read", () => {
    fakeTerraform({ one: [0, "aws_vpc.a: Refreshing state... [id=vpc-1]\ndata.x.y: Reading...\nNo changes.\n"] });

    plan("one");
    expect(read("plans/one.txt")).toBe("No changes.\n");
  });

  test("plans with OpenTofu if TERRAFORM_BINARY_NAME names it", () => {
    fakeTerraform({ one: [0, "No changes."] });
    renameSync(join(scratch, "bin/terraform"), join(scratch, "bin/tofu"));
    const env = { TF_VAR_role_arn: PLAN_ROLE, TERRAFORM_BINARY_NAME: "tofu" };

    expect(run("plan-stacks.mjs", ["plans", "one"], env).status).toBe(0);
    expect(read("calls")).toContain(" plan ");
  });

  test("reports a stack that was not synthesized", () => {
    fakeTerraform({});

    expect(plan("nothing").status).toBe(1);
    expect(read("plans/nothing.txt")).toContain("ENOENT");
  });

  test("requires the plan role instead of using the deploy role", () => {
    fakeTerraform({ one: [0, ""] });

    expect(run("plan-stacks.mjs", ["plans", "one"], { TF_VAR_role_arn: "" }).status).toBe(2);
    expect(existsSync(join(scratch, "calls"))).toBe(false);
  });
});

describe("comment", () => {
  const CLUSTERS = JSON.stringify([{ name: "a.b", plan_role: PLAN_ROLE, stacks: "a-b-networking a-b-addons" }]);

  /** A gh that notes how it was called and what it was sent, and knows one comment or none. */
  function fakeGh(comment: string): void {
    write(
      "bin/gh",
      `#!/bin/sh
echo "$2 $3 $4" >> '${scratch}/calls'
case "$*" in *--input*) cat > '${scratch}/sent' ;; *) echo '${comment}' ;; esac
`,
    );
  }

  function comment(env: Readonly<Record<string, string>> = {}): string {
    const { status, stderr } = run("comment.mjs", ["plans"], {
      ...{
        CLUSTERS,
        REMOVED: "",
        PLAN_RESULT: "success",
        RUN_URL: "https://run",
        REPOSITORY: "o/r",
        PULL_REQUEST: "7",
      },
      ...env,
    });
    if (status !== 0) throw new Error(stderr);
    return existsSync(join(scratch, "sent")) ? (JSON.parse(read("sent")) as { body: string }).body : "";
  }

  test("creates a comment with each stack's plan, in order", () => {
    fakeGh("");
    write("plans/a-b-networking.status", "Plan: 1 to add, 0 to change, 0 to destroy.\n");
    write("plans/a-b-networking.txt", "+ aws_vpc");

    expect(comment()).toBe(`<!-- plans of the stacks -->
### Plans

| stack | plan |
| --- | --- |
| \`a-b-networking\` | Plan: 1 to add, 0 to change, 0 to destroy. |
| \`a-b-addons\` | failed: there is no report. See the run |

In full: [the run](https://run).

<details><summary>a-b-networking</summary>

~~~~text
+ aws_vpc
~~~~
</details>
`);
    expect(read("calls")).toContain("--method POST repos/o/r/issues/7/comments");
  });

  test("updates the existing comment", () => {
    fakeGh("42");
    comment();

    expect(read("calls")).toContain("--method PATCH repos/o/r/issues/comments/42");
    expect(read("calls")).not.toContain("POST");
  });

  test("shows the reason if no stack was planned", () => {
    fakeGh("");

    expect(comment({ PLAN_RESULT: "skipped" })).toContain("not planned: the repository variable PLAN_ENTRY_ROLE_ARN");
  });

  test("warns of a removed definition", () => {
    fakeGh("");

    expect(comment({ CLUSTERS: "[]", REMOVED: "a-b-addons" })).toContain(
      "| `a-b-addons` | **its definition is removed",
    );
  });

  test("writes no comment without changes, unless there is one already", () => {
    fakeGh("");
    expect(comment({ CLUSTERS: "[]" })).toBe("");

    fakeGh("42");
    expect(comment({ CLUSTERS: "[]" })).toContain("No stack changes.");
  });

  test("omits a plan that exceeds GitHub's limit, and mentions it", () => {
    fakeGh("");
    write("plans/a-b-networking.txt", "x".repeat(70_000));
    write("plans/a-b-addons.txt", "short");
    const body = comment();

    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("short");
    expect(body).toContain("Plans that are too long for a comment are only in the run.");
  });

  test("stays within GitHub's limit with hundreds of stacks", () => {
    fakeGh("");
    const stacks = Array.from({ length: 2000 }, (_, index) => `cluster-${index}-networking`).join(" ");

    expect(comment({ CLUSTERS: JSON.stringify([{ stacks }]) })).toHaveLength(65_000);
  });
});

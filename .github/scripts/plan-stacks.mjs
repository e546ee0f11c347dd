// node plan-stacks.mjs <reports> <stack>...: plans synthesized stacks in the given order, reading only. For each, it writes one line
// to <reports>/<stack>.status, and Terraform's output to <reports>/<stack>.txt. It exits with 1 if a plan failed. A stack that waits
// for outputs of a stack that is not deployed yet is no failure. Plain JavaScript without packages, because the job with credentials
// installs none.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** In characters. A job's summary has at most 1 MiB for four stacks. */
const LONGEST = 200_000;

/** Lines about data that was only read. */
const NOISE = /: (Refreshing state|Reading|Still reading|Read complete)/;

const NO_OUTPUT = [/^Unable to find remote state/, /data\.terraform_remote_state\.\w+\.outputs\S* is /];
const UNREACHABLE = /Kubernetes cluster unreachable|dial tcp|i\/o timeout/;

const [reports, ...stacks] = process.argv.slice(2);
const role = process.env.TF_VAR_role_arn;
if (reports === undefined || role === undefined || role === "") {
  console.error("usage: TF_VAR_role_arn=<role to plan as> node plan-stacks.mjs <reports> <stack>...");
  process.exit(2);
}

const cache = join(process.env.RUNNER_TEMP ?? tmpdir(), "terraform-plugins");
const env = {
  ...process.env,
  TF_INPUT: "0",
  TF_IN_AUTOMATION: "1",
  // Four stacks need the same providers, and none has a lock file to compare them with.
  TF_PLUGIN_CACHE_DIR: cache,
  TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
};
mkdirSync(cache, { recursive: true });
mkdirSync(reports, { recursive: true });

const statuses = stacks.map(report);
if (statuses.some((status) => status.startsWith("failed"))) process.exitCode = 1;

function report(stack) {
  const { code, text } = plan(join("cdktf.out", "stacks", stack));
  const status = statusOf(code, text);
  const shown = text
    .split("\n")
    .filter((line) => !NOISE.test(line))
    .join("\n")
    .slice(0, LONGEST);
  writeFileSync(join(reports, `${stack}.status`), `${status}\n`);
  writeFileSync(join(reports, `${stack}.txt`), shown);
  console.log(`${stack}: ${status}`);
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary) appendFileSync(summary, `### ${stack}: ${status}\n\n~~~~text\n${shown}\n~~~~\n\n`);
  return status;
}

function plan(directory) {
  try {
    readStateAsPlanRole(join(directory, "cdk.tf.json"));
  } catch (error) {
    return { code: 1, text: `Error: ${error.message}` };
  }
  const init = terraform(directory, "init", "-no-color");
  if (init.code !== 0) return init;
  // Without a lock: a role that cannot write cannot lock, and nobody applies this plan.
  return terraform(directory, "plan", "-no-color", "-lock=false", "-detailed-exitcode");
}

/**
 * Replaces the role that reads and writes state by the plan role, which only reads. For a peered cluster in another account, the
 * stack names that account's plan role, which reads its state and is assumed by Terraform there.
 */
function readStateAsPlanRole(file) {
  const stack = JSON.parse(readFileSync(file, "utf8"));
  stack.terraform.backend.s3.assume_role = { role_arn: role };
  for (const [name, { config }] of Object.entries(stack.data?.terraform_remote_state ?? {})) {
    const there = stack.locals?.[`plan_role_of_${name}`];
    config.assume_role = { role_arn: there ?? role };
    if (there !== undefined) env[`TF_VAR_role_arn_${there.split(":")[4]}`] = there;
  }
  writeFileSync(file, JSON.stringify(stack, null, 2));
}

function terraform(directory, ...args) {
  const { error, status, stdout, stderr } = spawnSync(
    process.env.TERRAFORM_BINARY_NAME || "terraform",
    [`-chdir=${directory}`, ...args],
    {
      encoding: "utf8",
      env,
      maxBuffer: 2 ** 28,
    },
  );
  if (error) return { code: 1, text: `Error: ${error.message}` };
  return { code: status ?? 1, text: `${stdout}${stderr}` };
}

function statusOf(code, text) {
  if (code === 0) return "no changes";
  if (code === 2) return /^Plan: .*$/m.exec(text)?.[0] ?? "only outputs change";
  const errors = text.split(/^[│\s]*Error: /m).slice(1);
  const waits = (error) => NO_OUTPUT.some((pattern) => pattern.test(error));
  if (errors.length > 0 && errors.every(waits)) {
    return "waits: it reads outputs of a stack that is not deployed yet, and can be planned after that";
  }
  return UNREACHABLE.test(text) ? "failed: the runner does not reach the cluster (variable PLAN_RUNNER)" : "failed";
}

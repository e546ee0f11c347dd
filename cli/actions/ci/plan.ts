import { join } from "node:path";
import type { Account, Cluster, PipelineSettings } from "../../../fleet/model/cluster";
import { ExpectedError } from "../../../language/expected-error";
import type { AffectedReport } from "../../../operations/affected/report";
import { annotation } from "../../../operations/ci/annotations";
import { planText } from "../../../operations/ci/comment";
import { type CiContext, required, shardOf } from "../../../operations/ci/context";
import { readState, writeState } from "../../../operations/ci/job-state";
import { roleVariables } from "../../../operations/ci/web-identity";
import type { ClusterPlan, PlanReport } from "../../../operations/deploy/report";
import type { Message } from "../../../operations/messages/message";
import { loadNamed } from "../../shared/definitions";
import type { StageRun } from "./job";
import { answerOf, fleet, keep, kept, keptAnswers, summarizeRun } from "./job";

const TOKEN_FILE = ".fleet/ci-job/token";

/** Returns the variables of a cluster's account for the job's identity. */
export async function accountVariables(
  context: CiContext,
  account: Account,
): Promise<Readonly<Record<string, string>>> {
  return roleVariables(context, account, join(process.cwd(), TOKEN_FILE));
}

/** Returns the variables with which the records of rollouts are read, which are in one account; none outside of CI. */
export async function recordsVariables(
  context: CiContext,
  accounts: readonly Account[],
  { records_account }: PipelineSettings,
): Promise<Readonly<Record<string, string>>> {
  const holder = records_account ?? accounts[0]?.name;
  const account = accounts.find(({ name }) => name === holder);
  return account === undefined || context.system === null ? {} : accountVariables(context, account);
}

const plan: StageRun = async (context) => {
  if (readState().claimed === false) return 0;
  const one = context.variable("CLUSTER_NAME");
  const targets = one === undefined ? shardTargets(context) : [{ cluster: one, stacks: undefined }];
  if (targets.length === 0) {
    console.log("No stack of this shard is to be planned.");
    return 0;
  }
  const { clusters } = loadNamed(targets.map(({ cluster }) => cluster));
  let failed = false;
  for (const { cluster, stacks } of targets) {
    const found = clusters.find(({ name }) => name === cluster);
    if (found === undefined) throw new ExpectedError(`no cluster is named ${JSON.stringify(cluster)}`);
    const only = (stacks ?? [])
      .map((stack) => stack.slice(found.slug.length + 1))
      .flatMap((stack) => ["--stack", stack]);
    // Before an apply, each stack is planned again when its turn comes: the rehearsal of a preview was enough.
    const once = context.identity === "apply" ? ["--skip-rehearsal"] : [];
    const env = await accountVariables(context, found.account);
    const run = await fleet(["plan", cluster, ...only, ...once, "--json"], env);
    const report = answerOf<PlanReport>(run);
    failed ||= report === undefined || run.code === 1;
    for (const each of report?.clusters ?? []) {
      keep("plan", `${each.cluster}.json`, JSON.stringify(each, null, 2));
      summarizeRun(context, planSummary(each));
      for (const stack of each.stacks) console.log(`${each.cluster} ${stack.stack}: ${planText(stack)}`);
    }
  }
  writeState({ results: { ...readState().results, plan: failed ? "failed" : "ok" } });
  // A preview claims no clusters, so its message lists the clusters that wait for an approval.
  const waiting =
    readState().claimed === null && context.identity === "plan" ? clusters.find(({ name }) => name === one) : undefined;
  if (waiting !== undefined && (waiting.account.pipelines?.approval ?? true))
    writeState({ messages: [approvalMessage(waiting)] });
  return failed ? 1 : 0;
};

/** Returns the clusters of a shard with their stacks that change. */
function shardTargets(context: CiContext): readonly { readonly cluster: string; readonly stacks: readonly string[] }[] {
  const number = shardOf(context);
  const text = kept("review", "affected.json");
  if (text === undefined) throw new ExpectedError("the job review kept no list of affected stacks. Run it again");
  const report = JSON.parse(text) as AffectedReport;
  const names = new Set(report.shards.find(({ index }) => index + 1 === number)?.stacks ?? []);
  const stacks = report.stacks.filter(({ action, stack }) => action === "apply" && names.has(stack));
  const clusters = [...new Set(stacks.map(({ cluster }) => cluster))];
  return clusters.map((cluster) => ({
    cluster,
    stacks: stacks.filter((each) => each.cluster === cluster).map(({ stack }) => stack),
  }));
}

function planSummary({ cluster, stacks }: ClusterPlan): string {
  const rows = stacks.map((each) => `| ${each.stack} | ${planText(each)} |`);
  return [`### ${cluster}`, "", "| stack | plan |", "| --- | --- |", ...rows, ""].join("\n");
}

/**
 * Reports the changes that the guard stopped in the kept plans. Each plan was judged when it was created, and is judged again before it is
 * applied.
 */
const guard: StageRun = async (context) => {
  if (readState().claimed === false) return 0;
  const one = context.variable("CLUSTER_NAME");
  const plans = keptAnswers<ClusterPlan>("plan").filter(({ cluster }) => one === undefined || cluster === one);
  if (plans.length === 0 && one !== undefined)
    throw new ExpectedError(`there is no plan of ${one}, so nothing may pass`);
  const findings = plans.flatMap(({ cluster, stacks }) =>
    stacks.flatMap(({ stack, stopped_by }) => stopped_by.map((line) => `${cluster} ${stack}: ${line}`)),
  );
  for (const finding of findings) console.log(annotation(context, "error", finding));
  const stopped = findings.length > 0;
  writeState({
    results: { ...readState().results, guard: stopped ? "stopped" : "ok" },
    ...(stopped && {
      detail: `the guard stopped ${findings.length === 1 ? "1 change" : `${findings.length} changes`}`,
    }),
  });
  return stopped ? 2 : 0;
};

/** Returns the message that requests approval, with the planned changes. */
function approvalMessage({ meta, name }: Cluster): Message {
  const plans = keptAnswers<ClusterPlan>("plan").find(({ cluster }) => cluster === name);
  return {
    occasion: "approval",
    cluster: name,
    owner: meta.OWNER,
    title: `${name} waits for approval`,
    lines: (plans?.stacks ?? []).map((each) => `${each.stack}: ${planText(each).replaceAll(/<br>|\*\*/g, " ")}`),
    next: "Approve or reject the deploy in the run",
    url: null,
  };
}

export function requiredCluster(context: CiContext): string {
  return required(context, "CLUSTER_NAME");
}

export const PLAN = { plan, guard } as const;

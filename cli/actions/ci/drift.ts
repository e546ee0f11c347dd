import { ExpectedError } from "../../../language/expected-error";
import { shardOf } from "../../../operations/ci/context";
import { DRIFT_LABEL, driftIssue, driftMarker, hasDrift, isCompared } from "../../../operations/ci/drift-issue";
import { hostOf } from "../../../operations/ci/hosts";
import { readState, writeState } from "../../../operations/ci/job-state";
import type { ClusterDrift, DriftReport } from "../../../operations/drift/report";
import type { Message } from "../../../operations/messages/message";
import { dayOf, loadNamed } from "../../shared/definitions";
import { loadPipelines } from "../../shared/pipelines";
import { driftText } from "../../texts/drift-text";
import type { StageRun } from "./job";
import { answerOf, fleet, keep, kept, keptAnswers, summarizeRun } from "./job";
import { accountVariables } from "./plan";

type Shard = { readonly shard: number; readonly clusters: readonly string[] };

/** Compares the clusters of a shard. Differences do not fail the job, because the issue reports them. */
const drift: StageRun = async (context) => {
  const text = kept("choose", "shards.json");
  if (text === undefined) throw new ExpectedError("the job choose kept no list of clusters. Run it again");
  const number = shardOf(context);
  const names = (JSON.parse(text) as readonly Shard[]).find(({ shard }) => shard === number)?.clusters ?? [];
  if (names.length === 0) return 0;
  let failed = false;
  for (const { account, name } of loadNamed(names).clusters) {
    const run = await fleet(["drift", name, "--json"], await accountVariables(context, account));
    const report = answerOf<DriftReport>(run);
    failed ||= run.code === 1;
    for (const each of report?.clusters ?? []) {
      keep("drift", `${each.cluster}.json`, JSON.stringify(each, null, 2));
      console.log(driftText(each));
      summarizeRun(context, `\`\`\`text\n${driftText(each)}\n\`\`\``);
    }
  }
  return failed ? 1 : 0;
};

/** Keeps one issue for each cluster with drift, and closes those of clusters without. */
const report: StageRun = async (context) => {
  const clusters = keptAnswers<ClusterDrift>("drift");
  const today = dayOf(undefined);
  const owners = new Map(loadPipelines(today).model.clusters.map(({ name, owner }) => [name, owner]));
  const host = await hostOf(context);
  const messages: Message[] = [];
  const open = (await host?.issues(DRIFT_LABEL)) ?? [];
  for (const each of clusters) {
    const issue = open.find(({ body }) => body.startsWith(driftMarker(each.cluster)));
    if (!hasDrift(each)) {
      if (issue !== undefined && isCompared(each)) await host?.closeIssue(issue.id, "There is no drift any more.");
      continue;
    }
    const { body, title } = driftIssue(each, issue?.body, today);
    if (issue === undefined) await host?.createIssue(title, body, DRIFT_LABEL);
    else if (issue.body !== body) await host?.updateIssue(issue.id, body);
    if (issue === undefined) messages.push(driftMessage(each, title, owners.get(each.cluster) ?? null));
  }
  writeState({ messages: [...readState().messages, ...messages] });
  return 0;
};

function driftMessage({ cluster, stacks }: ClusterDrift, title: string, owner: string | null): Message {
  return {
    occasion: "drift",
    cluster,
    owner,
    title,
    lines: stacks.flatMap(({ found, stack }) => found.map(({ address, kind }) => `${stack} ${address}: ${kind}`)),
    next: `fleet drift ${cluster} shows it. Deploy the cluster, or change its definition`,
    url: null,
  };
}

export const DRIFT = { drift, report } as const;

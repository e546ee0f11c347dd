import type { Account } from "../../../fleet/model/cluster";
import { ExpectedError } from "../../../language/expected-error";
import { annotation } from "../../../operations/ci/annotations";
import type { CiContext } from "../../../operations/ci/context";
import { required } from "../../../operations/ci/context";
import type { NextAnswer } from "../../../operations/ci/rollout-answers";
import type { RunsReport } from "../../../operations/rollout/runs";
import { rendererOf } from "../../../pipelines/generate";
import type { ModelCluster, PipelineModel, PipelineName } from "../../../pipelines/model/model";
import { dayOf } from "../../shared/definitions";
import { loadPipelines } from "../../shared/pipelines";
import { runsMarkdown } from "../../texts/rollout/runs-text";
import type { StageRun } from "./job";
import { answerOf, fleet, handOn, KEPT, keep, summarizeRun } from "./job";
import { recordsVariables } from "./plan";

export const choose: StageRun = async (context, purpose) => {
  const { fleet: loaded, model } = loadPipelines(dayOf(undefined));
  switch (purpose) {
    case "drift":
      return chooseShards(context, model);
    case "destroy":
      return handOnClusters(context, model, "destroy", [namedCluster(model, required(context, "CLUSTER_NAME"))]);
    case "deploy":
      return chooseDeploys(context, model, loaded.accounts);
    default:
      throw new ExpectedError("choose requires --for deploy, --for drift or --for destroy");
  }
};

/** Clusters are shared in turn, so that neighbours in the alphabet, which are often alike, go to different jobs. */
function chooseShards(context: CiContext, { clusters, settings }: PipelineModel): 0 {
  const count = Math.min(settings.shards, clusters.length);
  const shards = Array.from({ length: count }, (_, index) => ({
    shard: index + 1,
    clusters: clusters.filter((__, at) => at % count === index).map(({ name }) => name),
  }));
  keep("choose", "shards.json", JSON.stringify(shards, null, 2));
  handOn(
    context,
    "choose",
    shards.map(({ shard }) => ({ shard })),
  );
  return 0;
}

async function chooseDeploys(context: CiContext, model: PipelineModel, accounts: readonly Account[]): Promise<0 | 1> {
  const variables = await recordsVariables(context, accounts, model.settings.own);
  const run = await fleet(["rollout", "next", "--json"], variables);
  const report = answerOf<NextAnswer>(run);
  if (report === undefined) return 1;
  const due = report.decisions.filter(({ decision }) => decision === "go");
  for (const { cluster, decision, why } of report.decisions)
    console.log(`${cluster}: ${decision}${why === "" ? "" : `, ${why}`}`);
  const runs = await fleet(["status", "--ci", "--json"], variables);
  if (runs.code !== 1) keep("choose", "status.json", runs.stdout);
  const shown = answerOf<RunsReport>(runs);
  if (shown !== undefined) summarizeRun(context, runsMarkdown(shown));
  const { mostClusters = due.length } = rendererOf(context.system ?? model.settings.system);
  if (due.length > mostClusters)
    console.log(
      annotation(
        context,
        "warning",
        `${due.length} clusters are due, and ${mostClusters} of them are deployed by this run`,
      ),
    );
  return handOnClusters(
    context,
    model,
    "deploy",
    due.slice(0, mostClusters).map(({ cluster }) => namedCluster(model, cluster)),
  );
}

function namedCluster({ clusters }: PipelineModel, name: string): ModelCluster {
  const found = clusters.find((each) => each.name === name);
  if (found === undefined) throw new ExpectedError(`no cluster is named ${JSON.stringify(name)}`);
  return found;
}

function handOnClusters(
  context: CiContext,
  model: PipelineModel,
  pipeline: PipelineName & ("deploy" | "destroy"),
  clusters: readonly ModelCluster[],
): 0 {
  const level = pipeline === "deploy" ? "apply" : "destroy";
  handOn(
    context,
    "choose",
    clusters.map(({ account, environments, name, runner }) => ({
      cluster: name,
      account,
      environment: environments[level] ?? "",
      runner: runner ?? "",
    })),
  );
  const files = rendererOf(context.system ?? model.settings.system).atRunTime?.(model, pipeline, clusters) ?? new Map();
  for (const [path, text] of files) keep("choose", path.slice(`${KEPT}/choose/`.length), text);
  return 0;
}

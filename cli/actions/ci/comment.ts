import type { AffectedReport } from "../../../operations/affected/report";
import { commentBody, MARKER } from "../../../operations/ci/comment";
import { hostOf } from "../../../operations/ci/hosts";
import type { ClusterPlan } from "../../../operations/deploy/report";
import type { StageRun } from "./job";
import { kept, keptAnswers } from "./job";

/** Writes one comment, and updates it later. A change without effect gets none, unless it has one already. */
export const comment: StageRun = async (context) => {
  const change = context.variable("CHANGE");
  if (change === undefined) {
    console.log("This run is about no single pull request, so there is no comment.");
    return 0;
  }
  const text = kept("review", "affected.json");
  const report = text === undefined ? undefined : (JSON.parse(text) as AffectedReport);
  const stacks = report?.stacks ?? [];
  const affected = new Map<string, string[]>();
  for (const { action, cluster, stack } of stacks)
    if (action === "apply") affected.set(cluster, [...(affected.get(cluster) ?? []), stack]);
  const body = commentBody({
    diff: kept("review", "diff.md"),
    plans: keptAnswers<ClusterPlan>("plan"),
    affected,
    removed: stacks.filter(({ action }) => action === "destroy").map(({ stack }) => stack),
    runUrl: context.runUrl,
  });
  const host = await hostOf(context);
  if (host === undefined) {
    console.log(body);
    return 0;
  }
  const own = (await host.comments(change)).find((each) => each.body.startsWith(MARKER));
  if (own !== undefined) await host.updateComment(change, own.id, body);
  else if (stacks.length > 0 || report === undefined) await host.createComment(change, body);
  return 0;
};

import { type StackName, stackId } from "../../fleet/model/stacks";
import { isMap } from "../../language/plain-map";
import { type PlanJson, Terraform, TerraformError } from "../../offline/terraform";
import type { PlannedChanges } from "../rehearse/report";
import { summarize } from "../rehearse/summarize";
import type { ClusterPlan, StackPlan } from "./report";
import { errorsOf, makePlan, type RunOptions, type Target } from "./stack-runner";
import { ApplyStream } from "./stream";
import { isDeployed, missingUpstream, type Upstream } from "./upstream";

export interface PlanOptions extends Pick<RunOptions, "env" | "judge" | "now" | "onStack" | "prepare" | "signal"> {
  /** Returns the resources that the stacks create when the cluster is applied from nothing, for stacks that cannot be planned yet. */
  readonly fromNothing: () => Promise<readonly PlannedChanges[]>;
}

/** A plan of every stack of a cluster, and where the plan files are. */
export interface PlannedCluster {
  readonly report: ClusterPlan;
  /** Stack -> plan file, of the stacks that Terraform could plan. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Plans the stacks of a cluster in their order, or some of them. A stack reads the outputs of those before it: as long as one of them was
 * never applied, Terraform cannot plan it, and a rehearsal shows what it would create. The same holds for the network of another cluster,
 * which only the stack that reads it waits for.
 */
export async function planCluster(target: Target, options: PlanOptions): Promise<PlannedCluster> {
  const files = new Map<string, string>();
  const stacks: StackPlan[] = [];
  let rehearsed: readonly PlannedChanges[] | undefined;
  let before: Upstream | undefined;
  for (const stack of target.stacks) {
    const planned = before === undefined ? await planStack(target, stack, options) : undefined;
    const waits = before ?? planned?.missing;
    if (waits !== undefined) {
      if (waits.waits_for_cluster === null) before = waits;
      // A rehearsal from nothing shows nothing about a stack that exists.
      if (planned?.exists !== true) rehearsed ??= await options.fromNothing();
      const changes = planned?.exists === true ? null : (rehearsed?.find((each) => each.stack === stack) ?? null);
      stacks.push({ stack, source: "rehearsal", changes, ...waits, stopped_by: [], errors: [] });
      continue;
    }
    if (planned === undefined) continue;
    const { file, json, plan } = planned;
    stacks.push(plan);
    if (file !== undefined) files.set(stackId(target.slug, stack), file);
    if (json !== undefined && !wasApplied(json)) before = { waits_for: stack, waits_for_cluster: null };
  }
  return { report: { cluster: target.cluster, stacks }, files };
}

interface PlannedStack {
  readonly plan: StackPlan;
  readonly json?: PlanJson;
  readonly file?: string;
  /** A stack that was never applied, so that Terraform could not plan this one. */
  readonly missing?: Upstream | undefined;
  /** True if the stack itself was applied before. */
  readonly exists?: boolean;
}

async function planStack(
  target: Target,
  stack: StackName,
  { env = {}, judge, now, onStack, prepare, signal }: PlanOptions,
): Promise<PlannedStack> {
  const id = stackId(target.slug, stack);
  const terraform = new Terraform({ directory: prepare(id), env, signal });
  const stream = new ApplyStream();
  const done = { stack, source: "plan", waits_for: null, waits_for_cluster: null } as const;
  try {
    onStack?.(id, "plan");
    await terraform.init({ reconfigure: false });
    const file = await makePlan(terraform, [], stream);
    const json = JSON.parse((await terraform.run(["show", "-json", file])).stdout) as PlanJson;
    const changes = summarize(stack, json);
    const stopped_by = [...judge({ ...target, stack, changes, json })];
    return { file, json, plan: { ...done, changes, stopped_by, errors: [] } };
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const errors = errorsOf(error, stream.errors, now());
    const missing = missingUpstream(errors, target.peers);
    const exists = missing !== undefined && missing.waits_for_cluster !== null && (await isDeployed(terraform));
    return { plan: { ...done, changes: null, stopped_by: [], errors }, missing, exists };
  }
}

/** True if the state has a resource. Outputs do not count, because Terraform lists those that it can compute before the first apply. */
function wasApplied({ prior_state }: PlanJson): boolean {
  const values = isMap(prior_state) ? prior_state["values"] : undefined;
  const root = isMap(values) ? values["root_module"] : undefined;
  const resources = isMap(root) ? root["resources"] : undefined;
  return Array.isArray(resources) && resources.some((each) => isMap(each) && each["mode"] === "managed");
}

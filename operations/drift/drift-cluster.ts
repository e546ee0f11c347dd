import { stackId } from "../../fleet/model/stacks";
import { type PlanJson, Terraform, TerraformError } from "../../offline/terraform";
import { errorsOf, makePlan, type RunOptions, type Target } from "../deploy/stack-runner";
import { ApplyStream } from "../deploy/stream";
import { isDeployed } from "../deploy/upstream";
import { driftOf } from "./differences";
import type { ClusterDrift, StackDrift } from "./report";

export type DriftOptions = Pick<RunOptions, "env" | "now" | "prepare" | "signal">;

/** Compares the stacks of a cluster with AWS, by a plan of each that is not applied. */
export async function driftCluster(target: Target, options: DriftOptions): Promise<ClusterDrift> {
  const stacks: StackDrift[] = [];
  for (const stack of target.stacks)
    stacks.push({ stack, ...(await driftStack(stackId(target.slug, stack), options)) });
  return { cluster: target.cluster, stacks };
}

async function driftStack(
  id: string,
  { env = {}, now, prepare, signal }: DriftOptions,
): Promise<Omit<StackDrift, "stack">> {
  const terraform = new Terraform({ directory: prepare(id), env, signal });
  const stream = new ApplyStream();
  try {
    await terraform.init({ reconfigure: false });
    // Everything in a stack that was never applied would be a difference.
    if (!(await isDeployed(terraform))) return { deployed: false, found: [], folded: [], error: null };
    const file = await makePlan(terraform, [], stream);
    const plan = JSON.parse((await terraform.run(["show", "-json", file])).stdout) as PlanJson;
    return { deployed: true, ...driftOf(plan), error: null };
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    return {
      deployed: true,
      found: [],
      folded: [],
      error: errorsOf(error, stream.errors, now())[0]?.summary ?? "Terraform failed",
    };
  }
}

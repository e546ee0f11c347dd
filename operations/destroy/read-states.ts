import { type StackName, stackId } from "../../fleet/model/stacks";
import { ExpectedError } from "../../language/expected-error";
import { Terraform, TerraformError } from "../../offline/terraform";
import { errorsOf, type RunOptions, type Target } from "../deploy/stack-runner";

/**
 * Returns the state of each stack as `terraform show -json` prints it.
 *
 * @throws ExpectedError if Terraform cannot read one of them
 */
export async function readStates(
  { slug, stacks }: Target,
  { env = {}, now, prepare, signal }: Pick<RunOptions, "env" | "now" | "prepare" | "signal">,
): Promise<ReadonlyMap<StackName, unknown>> {
  const states = new Map<StackName, unknown>();
  for (const stack of stacks) {
    const id = stackId(slug, stack);
    const terraform = new Terraform({ directory: prepare(id), env, signal });
    try {
      await terraform.init({ reconfigure: false });
      states.set(stack, JSON.parse((await terraform.run(["show", "-json"])).stdout) as unknown);
    } catch (error) {
      if (!(error instanceof TerraformError)) throw error;
      const [first] = errorsOf(error, [], now());
      throw new ExpectedError(`the state of ${id} cannot be read: ${first?.summary ?? error.message}`);
    }
  }
  return states;
}

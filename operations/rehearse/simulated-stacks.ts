import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { isOwnStack } from "../../fleet/stacks/stack-names";
import { listed } from "../../language/suggest";

/** Returns the folder of a stack in an output. */
export function folderOf(output: string, slug: string, stack: StackName): string {
  return join(output, "stacks", stackId(slug, stack));
}

/** Returns the stacks of a cluster that an output has and that can be rehearsed, in the order in which they are applied. */
export function simulatedStacks(output: string | undefined, slug: string): readonly StackName[] {
  return stacksIn(output, slug).filter((stack) => notSimulated(output, slug, stack).length === 0);
}

/** Returns the providers of a stack that nothing simulates. Only a stack of `extensions/stacks/` can have any. */
function notSimulated(output: string | undefined, slug: string, stack: StackName): readonly string[] {
  if (output === undefined || !isOwnStack(stack)) return [];
  const text = readFileSync(join(folderOf(output, slug, stack), "cdk.tf.json"), "utf8");
  const { terraform = {} } = JSON.parse(text) as {
    readonly terraform?: { readonly required_providers?: Readonly<Record<string, { readonly source?: string }>> };
  };
  const sources = Object.entries(terraform.required_providers ?? {}).map(([name, { source = name }]) => source);
  return sources.filter((source) => !SIMULATED.test(source));
}

const SIMULATED = /^(?:(?:registry\.terraform\.io\/)?hashicorp\/)?(?:aws|kubernetes|helm)$/;

/** Describes the stacks that are not rehearsed. */
export function leftOut(output: string | undefined, slug: string): string[] {
  return stacksIn(output, slug).flatMap((stack) => {
    const providers = notSimulated(output, slug, stack);
    return providers.length === 0
      ? []
      : [
          `anything about the stack ${stack}: it uses ${listed(providers)}, and only aws, kubernetes and helm are simulated`,
        ];
  });
}

function stacksIn(output: string | undefined, slug: string): readonly StackName[] {
  return output === undefined ? [] : STACKS.filter((stack) => existsSync(folderOf(output, slug, stack)));
}

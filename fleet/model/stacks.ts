import { STACKS as EVERY_STACK, type StackName as EveryName } from "../stacks/stack-names";

/** Every stack that a cluster may have, in the order in which they are applied (`fleet/stacks/`). */
export const STACKS = EVERY_STACK;
export type StackName = EveryName;

/** Terraform versions that may apply the stacks: the first that locks S3 state by a file beside it, with no DynamoDB table. */
export const TERRAFORM_VERSIONS = ">= 1.10.0";

/** Returns the name by which `cdktf deploy` selects a stack. */
export function stackId(slug: string, stack: StackName): string {
  return `${slug}-${stack}`;
}

/** Returns the key of a stack's state in the account's bucket. */
export function stateKey(clusterName: string, stack: StackName): string {
  return `${clusterName}/${stack}.tfstate`;
}

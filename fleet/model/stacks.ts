/** The four stacks of a cluster, in the order in which they are applied. */
export const STACKS = ["networking", "eks-cluster", "eks-workers", "addons"] as const;
export type StackName = (typeof STACKS)[number];

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

import { extensionsOf } from "../../language/extensions/own";

/** The four stacks of the program, in the order in which they are applied. */
export const CORE_STACKS = ["networking", "eks-cluster", "eks-workers", "addons"] as const;

/** Name of a stack. Its type has the program's own only: code that names a stack cannot name one of `extensions/stacks/`. */
export type StackName = (typeof CORE_STACKS)[number];

/**
 * Every stack that a cluster may have, in the order in which they are applied: the program's four, and those of `extensions/stacks/`, of
 * which a cluster has those that its definition enables (`stacksOf`).
 */
export const STACKS = [
  ...CORE_STACKS,
  ...extensionsOf("stacks").map(({ name }) => name),
] as unknown as typeof CORE_STACKS;

/** True for a stack of `extensions/stacks/`. */
export function isOwnStack(stack: string): boolean {
  return !CORE_STACKS.some((core) => core === stack);
}

import type { TerraformStack } from "cdktf";
import type { z } from "zod";
import type { ClusterRef } from "../constructs/cluster/cluster-ref";
import type { NetworkRef } from "../constructs/networking/network-ref";
import type { WorkersRef } from "../constructs/workers/workers-ref";
import type { Cluster } from "../fleet/model/cluster";
import type { StackName } from "../fleet/model/stacks";
import type { Owner } from "../fleet/plan/owner";
import type { ReadableStack } from "../fleet/stacks/own-stacks";

/** The hand-over of the stacks, by their names. Values that exist only after an apply are references to their outputs. */
interface HandedOver {
  readonly networking: NetworkRef;
  readonly "eks-cluster": ClusterRef;
  readonly "eks-workers": WorkersRef;
}

/** The input of a stack of `extensions/stacks/`. */
export interface OwnStackContext<Reads extends ReadableStack, Options> {
  /** The cluster, with its whole definition. */
  readonly cluster: Cluster;
  /** Its names, account, region and tags. */
  readonly owner: Owner;
  readonly options: Options;
  /** Outputs of the stacks that it reads, by their names: `from.networking.vpc_id`. */
  readonly from: Pick<HandedOver, Reads>;
}

/** A stack of `extensions/stacks/`. Its name is that of its file. */
export interface OwnStack<Reads extends ReadableStack, Options extends z.ZodObject> {
  /** Its purpose for a cluster, in one line. */
  readonly summary: string;
  /** Stacks whose outputs it uses. It is applied after all stacks of the program. */
  readonly reads: readonly Reads[];
  /** True adds the providers `kubernetes` and `helm`, which call the cluster's API. Requires `eks-cluster` in `reads`. */
  readonly kubernetes?: boolean;
  /** Its settings in a definition, below `tfvars.stacks.<name>.options`. Each should have a default. */
  readonly options: Options;
  /** Adds resources to the stack, which has its backend and the AWS provider with the tags of the cluster. */
  build(stack: TerraformStack, context: OwnStackContext<Reads, z.output<Options>>): void;
}

/** Types a stack of `extensions/stacks/`; it does nothing else. */
export function defineStack<const Reads extends ReadableStack, Options extends z.ZodObject>(
  stack: OwnStack<Reads, Options>,
): OwnStack<Reads, Options> {
  return stack;
}

/** An address of the program that the hook may change. */
export interface AllowedChange {
  readonly stack: StackName;
  /** The address before the hook, such as `aws_vpc.network_39EEAA36`. */
  readonly address: string;
  /** Why that is right, for the reviewer and for later readers. */
  readonly reason: string;
}

/** `extensions/hook.ts`: it receives each stack when it is built, and before it is written. */
export interface Hook {
  /** Its purpose, in one line. */
  readonly summary: string;
  /** Addresses of the program that it removes or renames. Anything else that changes an address is an error. */
  readonly allowed_changes?: readonly AllowedChange[];
  /** Is called with each stack, and can walk `stack.node.findAll()` or add aspects: `Aspects.of(stack).add(…)`. */
  apply(stack: TerraformStack, context: HookContext): void;
}

export interface HookContext {
  /** Name of the stack, without the cluster's name; also that of a stack of `extensions/stacks/`. */
  readonly stack: string;
  readonly cluster: Cluster;
  readonly owner: Owner;
}

/** Types the hook; it does nothing else. */
export function defineHook(hook: Hook): Hook {
  return hook;
}

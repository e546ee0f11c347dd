import type { Tfvars } from "../model/cluster";

/** The addon that drains nodes which are about to end; EKS does it for its managed groups. */
export const TERMINATION_HANDLER = "aws_node_termination_handler";

/** The addon as a definition has it; undefined while no release has it. */
function handler({ addons }: Pick<Tfvars, "addons">): { readonly enabled: boolean } | undefined {
  const sections: Readonly<Record<string, unknown>> = addons;
  return sections[TERMINATION_HANDLER] as { readonly enabled: boolean } | undefined;
}

/** Whether something drains the nodes of self-managed groups: without it a hook would only hold up their end. */
export function handlesTerminations(tfvars: Pick<Tfvars, "addons">): boolean {
  return handler(tfvars)?.enabled === true;
}

/** Whether it could be switched on. */
export function canHandleTerminations(tfvars: Pick<Tfvars, "addons">): boolean {
  return handler(tfvars) !== undefined;
}

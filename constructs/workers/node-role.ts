import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { NODE_POLICIES, SESSION_MANAGER_POLICY } from "../../aws/iam-policies";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import type { Owner } from "../../fleet/plan/owner";
import { attachedPolicies, grantedPolicy, Role } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";

/** The role of a group's nodes, new or existing. */
export interface NodeRole {
  readonly name: string;
  readonly arn: string;
  /** Resources that a node requires before it starts; empty for an existing role. */
  readonly ready: readonly ITerraformDependable[];
}

/**
 * Returns the role of a group's nodes. Each group has its own, so a permission of one group is no other group's. Each kind of group
 * has its own, too: the access entry belongs to the role, EKS creates it for managed groups and Terraform for others, and a group
 * that changes its kind must not lose one with the other.
 */
export function nodeRole(scope: Construct, owner: Owner, { kind, names, worker }: NodeGroupPlan): NodeRole {
  const { additional_policy_arns, additional_policy_statements, iam_role_arn, session_manager } = worker;
  if (iam_role_arn !== null) return { name: lastPart(iam_role_arn), arn: iam_role_arn, ready: [] };
  return new Role(scope, kind === "managed" ? "node-role" : "self-managed-node-role", {
    owner,
    part: names.rolePart,
    trust: serviceTrust(`ec2.${owner.serviceDomain}`),
    awsPolicies: [...NODE_POLICIES, ...(session_manager ? [SESSION_MANAGER_POLICY] : [])],
    policyParent: scope,
    attached: attachedPolicies(additional_policy_arns, attachmentId),
    inline: grantedPolicy(additional_policy_statements, "node-policy"),
  });
}

/** Keeps the state addresses that attachments of node roles have always had. */
function attachmentId(policyArn: string): string {
  const [, , , , account = "", policy = ""] = policyArn.split(":");
  return `${account}-${policy}`;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { NODE_POLICIES, SESSION_MANAGER_POLICY } from "../../aws/iam-policies";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster, Worker } from "../../fleet/model/cluster";
import { grantedJson } from "../iam/granted-role";
import { ServiceRole } from "../iam/service-role";

/** Whose role it is. */
interface RoleOwner {
  readonly cluster: Cluster;
  readonly worker: Worker;
}

/** What nodes run as, whether we made it or it was there. */
export interface NodeRole {
  readonly name: string;
  readonly arn: string;
  /** What a node needs of it before it starts; nothing, where it was there. */
  readonly ready: readonly ITerraformDependable[];
}

/** The kind at the start keeps a group called vpc-cni from taking the name of the CNI's. */
export function nodeRoleName({ cluster, worker }: RoleOwner, kind: "node" | "self-managed-node"): string {
  return boundedName(cluster.slug, `${kind}-${worker.name}`, NAME_LIMITS.iam_role);
}

/**
 * What a group's nodes run as; one each, so that a permission given to one group is given to no other. Each kind has its own: the
 * entry that lets nodes in belongs to the role, EKS's entry for a managed group and ours for another, and a group that changes its
 * kind must not lose the one with the other.
 */
export function nodeRole(scope: Construct, kind: "node" | "self-managed-node", props: RoleOwner): NodeRole {
  const { cluster, worker } = props;
  const { additional_policy_arns, additional_policy_statements: statements, iam_role_arn, session_manager } = worker;
  if (iam_role_arn !== null) return { name: lastPart(iam_role_arn), arn: iam_role_arn, ready: [] };
  const role = new ServiceRole(scope, `${kind}-role`, {
    name: nodeRoleName(props, kind),
    cluster,
    service: cluster.partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com",
    tag_session: false,
    managed_policies: [...NODE_POLICIES, ...(session_manager ? [SESSION_MANAGER_POLICY] : [])],
  });
  const attachments = additional_policy_arns.map((policyArn) => {
    const [, , , , account = "", policy = ""] = policyArn.split(":");
    return new IamRolePolicyAttachment(scope, `${account}-${policy}`, { role: role.name, policyArn });
  });
  const inline =
    statements.length === 0
      ? []
      : [
          new IamRolePolicy(scope, "node-policy", {
            role: role.name,
            name: "granted",
            policy: grantedJson(statements),
          }),
        ];
  return { name: role.name, arn: role.arn, ready: [...role.ready, ...attachments, ...inline] };
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import type { Check, Finding } from "../../rules/finding";
import { attachedPolicies } from "./attached-policies";

const BOUNDARY = ["tfvars", "common", "iam", "permissions_boundary"] as const;

/** Boundaries and what is attached to a role are policies of the account itself, or of AWS. */
export const checkPolicyAccounts: Check = ({ definition, account }) => {
  if (account === undefined) return [];
  return policiesOf(definition).flatMap(({ arn, path }): Finding[] => {
    const owner = arn.split(":")[4];
    if (owner === "aws" || owner === account.id) return [];
    const message = `is a policy of account ${owner}, and IAM takes one of the cluster's own account ${account.id}, or of AWS: name that`;
    return [{ path, given: [["meta", "ACCOUNT"]], message }];
  });
};

interface Named {
  readonly arn: string;
  readonly path: Path;
}

function policiesOf(definition: Definition): Named[] {
  const { cluster, common } = definition.tfvars;
  const one = (arn: string | null | undefined, path: Path): Named[] =>
    arn === null || arn === undefined ? [] : [{ arn, path }];
  return [
    ...one(common.iam.permissions_boundary, BOUNDARY),
    ...cluster.service_account_roles.flatMap(({ permissions_boundary }, index) =>
      one(permissions_boundary, [...CLUSTER, "service_account_roles", index, "permissions_boundary"]),
    ),
    ...attachedPolicies(definition).flatMap(({ arns, path }) =>
      arns.map((arn, index) => ({ arn, path: [...path, index] })),
    ),
  ];
}

const CLUSTER = ["tfvars", "cluster"] as const;

/** EKS passes a role on only in the role's own account; what is beyond is assumed from there. */
export const checkRoleAccounts: Check = ({ definition, account }) => {
  if (account === undefined) return [];
  const { capabilities, extra_eks_addons, role_arn, service_account_roles } = definition.tfvars.cluster;
  const roles = [
    { arn: role_arn, path: [...CLUSTER, "role_arn"], instead: "" },
    ...service_account_roles.map((role, index) => ({
      arn: role.role_arn ?? null,
      path: [...CLUSTER, "service_account_roles", index, "role_arn"],
      instead: ", and that one as target_role_arn",
    })),
    ...capabilities.map((capability, index) => ({
      arn: capability.role_arn ?? null,
      path: [...CLUSTER, "capabilities", index, "role_arn"],
      instead: "",
    })),
    ...extra_eks_addons.flatMap(({ service_accounts = [] }, index) =>
      service_accounts.map((served, place) => ({
        arn: served.role_arn ?? null,
        path: [...CLUSTER, "extra_eks_addons", index, "service_accounts", place, "role_arn"],
        instead: "",
      })),
    ),
  ];
  return roles.flatMap(({ arn, path, instead }): Finding[] => {
    const owner = arn?.split(":")[4];
    if (owner === undefined || owner === account.id) return [];
    const message = `is a role of account ${owner}, and EKS takes those of the cluster's own account ${account.id}: name one of those${instead}`;
    return [{ path, given: [["meta", "ACCOUNT"]], message }];
  });
};

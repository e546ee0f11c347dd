import type { Check, Finding } from "./finding";

const BOUNDARY = ["tfvars", "common", "iam", "permissions_boundary"] as const;

/** A boundary is a policy of the account itself, or one of AWS. */
export const checkBoundary: Check = ({ definition, account }) => {
  const { permissions_boundary } = definition.tfvars.common.iam;
  if (permissions_boundary === null || account === undefined) return [];
  const owner = permissions_boundary.split(":")[4];
  if (owner === "aws" || owner === account.id) return [];
  const message = `is a policy of account ${owner}, and IAM takes one of the cluster's own account ${account.id}, or of AWS: name that`;
  return [{ path: BOUNDARY, given: [["meta", "ACCOUNT"]], message }];
};

const CLUSTER = ["tfvars", "cluster"] as const;

/** EKS passes a role on only in the role's own account; what is beyond is assumed from there. */
export const checkRoleAccounts: Check = ({ definition, account }) => {
  if (account === undefined) return [];
  const { capabilities, role_arn, service_account_roles } = definition.tfvars.cluster;
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
  ];
  return roles.flatMap(({ arn, path, instead }): Finding[] => {
    const owner = arn?.split(":")[4];
    if (owner === undefined || owner === account.id) return [];
    const message = `is a role of account ${owner}, and EKS takes those of the cluster's own account ${account.id}: name one of those${instead}`;
    return [{ path, given: [["meta", "ACCOUNT"]], message }];
  });
};

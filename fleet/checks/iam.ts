import type { Check } from "./finding";

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

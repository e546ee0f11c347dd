import { accountOf } from "../../../language/words/arns";
import type { Path } from "../../../language/yaml/tree";
import type { Subject } from "../../model/subject";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { ownRole } from "../../rules/forms";
import { ofAttachedPolicies } from "./attached-policies";

const CLUSTER = ["tfvars", "cluster"] as const;
const BOUNDARY = ["tfvars", "common", "iam", "permissions_boundary"] as const;

/** Rules about the account of policies and roles. EKS passes on only roles of the cluster's own account. */
export const ownAccountRules: readonly Check[] = [
  (subject) => ownPolicy(subject, BOUNDARY, subject.definition.tfvars.common.iam.permissions_boundary),
  (subject) =>
    eachItem([...CLUSTER, "service_account_roles"], subject.definition.tfvars.cluster.service_account_roles, [
      ({ permissions_boundary }) => ownPolicy(subject, ["permissions_boundary"], permissions_boundary),
      ({ role_arn }) => ownRole(subject, ["role_arn"], role_arn, ". Set the other role as target_role_arn"),
    ]),
  ...ofAttachedPolicies((arns, _, subject) => eachItem([], arns, [(arn) => ownPolicy(subject, [], arn)])),
  (subject) => ownRole(subject, [...CLUSTER, "role_arn"], subject.definition.tfvars.cluster.role_arn),
  (subject) =>
    eachItem([...CLUSTER, "capabilities"], subject.definition.tfvars.cluster.capabilities, [
      ({ role_arn }) => ownRole(subject, ["role_arn"], role_arn),
    ]),
  (subject) =>
    eachItem([...CLUSTER, "extra_eks_addons"], subject.definition.tfvars.cluster.extra_eks_addons, [
      ({ service_accounts = [] }) =>
        eachItem(["service_accounts"], service_accounts, [({ role_arn }) => ownRole(subject, ["role_arn"], role_arn)]),
    ]),
];

function ownPolicy({ account }: Subject, path: Path, arn: string | null | undefined): Finding[] {
  const owner = accountOf(arn);
  if (account === undefined || owner === undefined || owner === "aws" || owner === account.id) return [];
  const message = `must be a policy of AWS or of the cluster's own account ${account.id}, but is of account ${owner}`;
  return [{ path, message }];
}

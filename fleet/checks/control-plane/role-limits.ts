import { matchesWildcards } from "../../../language/wildcard";
import type { Path } from "../../../language/yaml/tree";
import { boundaryArn, clusterRolePatterns } from "../../accounts/boundary";
import { isBootstrapped } from "../../accounts/roles";
import { slugOf } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

const IAM: Path = ["tfvars", "common", "iam"];
const SERVICE_ACCOUNT_ROLES: Path = ["tfvars", "cluster", "service_account_roles"];

/** Rules about what the role `apply` of a bootstrapped account may create: AWS would deny the rest in the middle of a deploy. */
export const roleLimitRules: readonly Check[] = [
  ({ account, definition }) => {
    const { permissions_boundary } = definition.tfvars.common.iam;
    return boundaryProblem(account, [...IAM, "permissions_boundary"], permissions_boundary);
  },
  ({ account, definition }) =>
    eachItem(SERVICE_ACCOUNT_ROLES, definition.tfvars.cluster.service_account_roles, [
      ({ permissions_boundary }) =>
        permissions_boundary === undefined
          ? []
          : boundaryProblem(account, ["permissions_boundary"], permissions_boundary),
    ]),
  ({ account, definition }) => {
    if (account === undefined || !isBootstrapped(account)) return [];
    const { path } = definition.tfvars.common.iam;
    const patterns = clusterRolePatterns(account);
    const name = `${path}${slugOf(definition.meta.CLUSTER_NAME)}-`;
    if (patterns.some((pattern) => matchesWildcards(pattern, name))) return [];
    const message = `gives the cluster's roles names that begin with ${name}, but ${account.roles.deploy} may create only ${patterns.join(", ")}. Change the path of a new cluster; for a cluster that exists, add ${name}* to bootstrap.cluster_roles of the account, because another path replaces its roles`;
    return [{ path: [...IAM, "path"], message }];
  },
];

function boundaryProblem(account: Subject["account"], path: Path, given: string | null): readonly Finding[] {
  if (account === undefined || !isBootstrapped(account)) return [];
  const boundary = boundaryArn(account, account.roles.deploy.split(":")[1] ?? "aws");
  if (given === boundary) return [];
  const message = `must be ${boundary}, because ${account.roles.deploy} creates roles with this boundary only. Set it under tfvars.common.iam of the account`;
  return [{ path, message }];
}

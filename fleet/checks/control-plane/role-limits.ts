import { listed } from "../../../language/suggest";
import { matchesWildcards } from "../../../language/wildcard";
import { slugOf } from "../../../language/words/names";
import type { Path } from "../../../language/yaml/tree";
import { beyondBoundary } from "../../accounts/beyond-boundary";
import { boundaryArn, clusterRolePatterns } from "../../accounts/boundary";
import { isBootstrapped } from "../../accounts/roles";
import type { Subject } from "../../model/subject";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { ofStatements } from "./statements";

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
  ...ofStatements((path, statements, { account }) =>
    statements.flatMap(({ actions = [], effect = "Allow" }, index) =>
      effect === "Allow" ? takenActions([...path, index, "actions"], actions, account) : [],
    ),
  ),
];

/** Warns of actions that a statement allows and the boundary does not: AWS denies them to the pods, and only they notice. */
function takenActions(path: Path, actions: readonly string[], account: Subject["account"]): readonly Finding[] {
  if (account === undefined || !isBootstrapped(account)) return [];
  const taken = (why: "never" | "service"): string[] => actions.filter((each) => beyondBoundary(account, each) === why);
  const [missing, never] = [taken("service"), taken("never")];
  const services = [...new Set(missing.map((action) => action.split(":")[0] ?? ""))];
  const denied = "because the permissions boundary of the cluster's roles does not";
  return [
    ...(missing.length === 0
      ? []
      : [
          `AWS denies ${listed(missing)}, ${denied} allow ${listed(services)}. Add ${services.length === 1 ? "it" : "them"} to bootstrap.boundary_services of account ${account.name}, and run fleet bootstrap`,
        ]),
    ...(never.length === 0
      ? []
      : [
          `AWS denies ${listed(never)}, ${denied} allow this to any of them. Remove ${never.length === 1 ? "it" : "them"}`,
        ]),
  ].map((message) => ({ path, message, severity: "warning" }));
}

function boundaryProblem(account: Subject["account"], path: Path, given: string | null): readonly Finding[] {
  if (account === undefined || !isBootstrapped(account)) return [];
  const boundary = boundaryArn(account, account.roles.deploy.split(":")[1] ?? "aws");
  if (given === boundary) return [];
  const message = `must be ${boundary}, because ${account.roles.deploy} creates roles with this boundary only. Set it under tfvars.common.iam of the account`;
  return [{ path, message }];
}

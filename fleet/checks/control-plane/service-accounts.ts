import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { sharedTwice } from "../../../language/twice";
import type { Tfvars } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { eachItem, type ItemRule } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";

type Role = Tfvars["cluster"]["service_account_roles"][number];

const ROLES = ["tfvars", "cluster", "service_account_roles"] as const;

/** Why IRSA has no use for what only Pod Identity has. */
const WITH_IRSA = {
  role_arn: "with irsa only the annotation of the service account names an existing role",
  target_role_arn: "with irsa the workload itself assumes another role",
  disable_session_tags: "with irsa a session has no tags",
} as const;

/** Rules about roles for service accounts: each grants something, to a service account that has no other role. */
export const serviceAccountRules: readonly Check[] = [
  (subject) =>
    eachItem(ROLES, subject.definition.tfvars.cluster.service_account_roles, [
      podIdentityAgent(subject),
      roleByAddon(subject),
      roleByChart(subject),
      roleByEksAddon(subject),
      roleOfVpcCni,
      accountOfEveryPod,
      keysOfPodIdentity,
      ofExistingRole,
      grantsSomething,
    ]),
  ({ definition }) =>
    sharedTwice(
      definition.tfvars.cluster.service_account_roles,
      ({ namespace, service_account }) => `${namespace}/${service_account}`,
      ROLES,
      "service_account",
      (account, first) => `${account} already has the role ${first}. A pod has one role. Combine both into one`,
    ),
];

/** Warns of a role for the account of each pod that names none (Kubernetes documentation, "Service Accounts"). */
function accountOfEveryPod({ namespace, service_account }: Role): Finding[] {
  if (service_account !== "default") return [];
  const message = `gives the role to every pod of ${namespace} without a service account of its own. Create one for the pods that require it`;
  return [{ path: ["service_account"], message, severity: "warning" }];
}

function podIdentityAgent({ definition }: Subject): ItemRule<Role> {
  return ({ by }) => {
    if (by !== "pod_identity" || definition.tfvars.cluster.eks_pod_identity_agent.enabled) return [];
    return [requires(["by"], "eks_pod_identity_agent", "Set eks_pod_identity_agent.enabled: true, or by: irsa")];
  };
}

/** EKS accepts one association per service account. A role for IRSA would replace the other role in the pods. */
function hasRole({ namespace, service_account }: Role, owner: string | undefined): Finding[] {
  if (owner === undefined) return [];
  const message = `${service_account} in ${namespace} already has a role, which is created for ${owner}. Use another service account`;
  return [{ path: ["service_account"], message }];
}

function roleByAddon({ definition }: Subject): ItemRule<Role> {
  return (role) => {
    const addon = enabledAddons(definition)
      .map((name): Addon => catalogue[name])
      .find(
        ({ further_identities = [], namespace, service_account }) =>
          namespace === role.namespace &&
          [service_account, ...further_identities.map((further) => further.service_account)].includes(
            role.service_account,
          ),
      );
    return hasRole(role, addon && `the addon ${addon.name}`);
  };
}

function roleByChart({ definition }: Subject): ItemRule<Role> {
  return (role) => {
    const chart = definition.tfvars.extra_charts.find(
      ({ namespace, service_account }) => namespace === role.namespace && service_account === role.service_account,
    );
    return hasRole(role, chart && `the extra chart ${chart.name}`);
  };
}

function roleByEksAddon({ definition }: Subject): ItemRule<Role> {
  return (role) => {
    const addon = definition.tfvars.cluster.extra_eks_addons.find(
      ({ namespace = "kube-system", service_accounts = [] }) =>
        namespace === role.namespace &&
        service_accounts.some(({ service_account }) => service_account === role.service_account),
    );
    return hasRole(role, addon && `the EKS add-on ${addon.name}`);
  };
}

function roleOfVpcCni(role: Role): Finding[] {
  const isVpcCni = role.namespace === "kube-system" && role.service_account === "aws-node";
  return hasRole(role, isVpcCni ? "the EKS add-on vpc-cni" : undefined);
}

function keysOfPodIdentity(role: Role): Finding[] {
  if (role.by !== "irsa") return [];
  return (["role_arn", "target_role_arn", "disable_session_tags"] as const)
    .filter((key) => role[key] !== undefined)
    .map((key) => noEffect([key], WITH_IRSA[key], "or set by: pod_identity"));
}

function ofExistingRole(role: Role): Finding[] {
  if (role.by === "irsa" || role.role_arn === undefined) return [];
  return (["managed_policy_arns", "statements", "permissions_boundary"] as const)
    .filter((key) => role[key] !== undefined)
    .map((key) => noEffect([key], "role_arn sets an existing role, which is not changed", "or remove role_arn"));
}

function grantsSomething({ managed_policy_arns = [], role_arn, statements = [], target_role_arn }: Role): Finding[] {
  if (role_arn !== undefined || target_role_arn !== undefined) return [];
  if (managed_policy_arns.length > 0 || statements.length > 0) return [];
  return [{ path: [], message: "grants nothing. Set managed_policy_arns, statements or target_role_arn" }];
}

import { namedTwice, sharedTwice } from "../../../language/twice";
import { accountOf } from "../../../language/words/arns";
import type { Path } from "../../../language/yaml/tree";
import { accessPoliciesOf, entryType } from "../../control-plane/access-policies";
import type { AccessEntry, Account } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { eachItem, type ItemRule } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { requires } from "../../rules/forms";

const CLUSTER = ["tfvars", "cluster"] as const;
const ENTRIES = [...CLUSTER, "access_entries"] as const;
const EXISTING = [...CLUSTER, "existing_access_entries"] as const;
const ADMINISTRATOR = "AmazonEKSClusterAdminPolicy";

/** Rules about the principals that reach the cluster's API, and about what they may do there. */
export const accessRules: readonly Check[] = [
  entries,
  principalsOnce,
  administrators,
  ({ definition }) => namedTwice(definition.tfvars.cluster.existing_access_entries, EXISTING),
  existingEntries,
  authenticationMode,
];

function entries(subject: Subject): Finding[] {
  const { account, definition } = subject;
  return eachItem(ENTRIES, definition.tfvars.cluster.access_entries, [
    roleOfCapability(subject),
    roleOfProfile(subject),
    roleOfGroup(subject),
    serviceLinkedRole,
    identityCenterRole,
    deployRole(account),
    roleOfNodes(account),
    oneFormOfPolicies,
    namespacesOfNoPolicy,
    grantsSomething,
    keysOfStandardEntries,
    policiesOfNodes,
    policiesOnce,
    autoNodePolicy,
    reservedGroups,
    reservedUserName,
    sessionName,
  ]);
}

function principalsOnce({ definition }: Subject): Finding[] {
  return sharedTwice(
    definition.tfvars.cluster.access_entries,
    ({ principal_arn }) => principal_arn,
    ENTRIES,
    "principal_arn",
    (_, first) =>
      `is also the principal of the entry ${first}. EKS accepts one entry per principal. Remove one of them`,
  );
}

function isRoleOf(owner: string | undefined): Finding[] {
  if (owner === undefined) return [];
  const message = `is the role of ${owner}, which already has an access entry. EKS accepts one entry per principal. Remove this entry`;
  return [{ path: ["principal_arn"], message }];
}

function roleOfCapability({ definition }: Subject): ItemRule<AccessEntry> {
  return ({ principal_arn }) => {
    const owner = definition.tfvars.cluster.capabilities.find(({ role_arn }) => role_arn === principal_arn);
    return isRoleOf(owner && `the capability ${owner.name}`);
  };
}

function roleOfProfile({ definition }: Subject): ItemRule<AccessEntry> {
  return ({ principal_arn }) => {
    const owner = definition.tfvars.fargate_profiles.find(
      ({ pod_execution_role_arn }) => pod_execution_role_arn === principal_arn,
    );
    return isRoleOf(owner && `the profile ${owner.name}`);
  };
}

function roleOfGroup({ definition }: Subject): ItemRule<AccessEntry> {
  return ({ principal_arn }) => {
    const owner = definition.tfvars.workers.find(({ iam_role_arn }) => iam_role_arn === principal_arn);
    return isRoleOf(owner && `the group ${owner.name}`);
  };
}

function serviceLinkedRole({ principal_arn }: AccessEntry): Finding[] {
  if (!principal_arn.includes(":role/aws-service-role/")) return [];
  const message = "is a service-linked role. EKS does not accept access entries for such roles. Remove the entry";
  return [{ path: ["principal_arn"], message }];
}

function identityCenterRole({ principal_arn }: AccessEntry): Finding[] {
  if (!principal_arn.includes(":role/AWSReservedSSO_")) return [];
  const message =
    "lacks the path of an IAM Identity Center role. aws-auth requires the ARN without the path, but an access entry requires the ARN that IAM shows. Set arn:…:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_…";
  return [{ path: ["principal_arn"], message }];
}

function deployRole(account: Account | undefined): ItemRule<AccessEntry> {
  return (entry) => {
    const policies = accessPoliciesOf(entry);
    if (entry.principal_arn !== account?.roles.deploy || policies.length === 0) return [];
    if (policies.some(({ policy }) => policy === ADMINISTRATOR)) return [];
    const message = `is the role that deploys, which always has ${ADMINISTRATOR}. An entry cannot reduce its access. Remove the entry`;
    return [{ path: ["principal_arn"], message }];
  };
}

/** Nodes have a role in the cluster's own account: "Create access entries" in the EKS user guide, and eks:CreateAccessEntry. */
function roleOfNodes(account: Account | undefined): ItemRule<AccessEntry> {
  return (entry) => {
    const { principal_arn } = entry;
    const type = entryType(entry);
    if (type === "STANDARD") return [];
    const path: Path = ["principal_arn"];
    if (!principal_arn.includes(":role/")) {
      const message = `is a user, but type ${type} is for nodes, which use a role. Set the role of the nodes, or remove type`;
      return [{ path, message }];
    }
    const owner = accountOf(principal_arn);
    if (account === undefined || owner === account.id) return [];
    const message = `is a role of account ${owner}, but type ${type} requires a role of the cluster's own account ${account.id}. Set the role of the nodes, or remove type`;
    return [{ path, message }];
  };
}

function oneFormOfPolicies({ access_policies, access_policy }: AccessEntry): Finding[] {
  if (access_policy === undefined || access_policies === undefined) return [];
  const message = "cannot be combined with access_policy, which is its short form. Remove one of them";
  return [{ path: ["access_policies"], message }];
}

function namespacesOfNoPolicy({ access_policy, namespaces }: AccessEntry): Finding[] {
  if (namespaces === undefined || access_policy !== undefined) return [];
  return [requires(["namespaces"], "access_policy, which it limits", "With access_policies, set it in each policy")];
}

function grantsSomething(entry: AccessEntry): Finding[] {
  const { kubernetes_groups = [], namespaces, user_name } = entry;
  if (entryType(entry) !== "STANDARD" || accessPoliciesOf(entry).length > 0 || namespaces !== undefined) return [];
  // An RBAC binding can name the user itself, without a group.
  if (kubernetes_groups.length > 0 || user_name !== undefined) return [];
  const message =
    "grants nothing. Set access_policy, access_policies, kubernetes_groups, or a user_name that an RBAC binding names";
  return [{ path: [], message }];
}

function keysOfStandardEntries(entry: AccessEntry): Finding[] {
  const type = entryType(entry);
  if (type === "STANDARD") return [];
  return (["kubernetes_groups", "user_name"] as const)
    .filter((key) => entry[key] !== undefined)
    .map((key) => ({ path: [key], message: `is only for type STANDARD. EKS sets it itself for ${type}. Remove it` }));
}

function policiesOfNodes(entry: AccessEntry): Finding[] {
  const type = entryType(entry);
  if (type === "STANDARD" || type === "EC2" || accessPoliciesOf(entry).length === 0) return [];
  const key = entry.access_policy === undefined ? "access_policies" : "access_policy";
  const message = `is not supported for type ${type}, because EKS grants these nodes what they need. Remove it`;
  return [{ path: [key], message }];
}

function policiesOnce({ access_policies = [] }: AccessEntry): Finding[] {
  return policyTwice(["access_policies"], access_policies);
}

/** Reports an access policy that a principal has twice. */
export function policyTwice(path: Path, policies: readonly { readonly policy: string }[]): Finding[] {
  return eachItem(path, policies, [
    ({ policy }, index) => {
      if (policies.findIndex((other) => other.policy === policy) === index) return [];
      const message = `lists ${policy} twice. EKS accepts a policy once per principal. List all namespaces in one item`;
      return [{ path: ["policy"], message }];
    },
  ]);
}

function autoNodePolicy(entry: AccessEntry): Finding[] {
  const type = entryType(entry);
  return accessPoliciesOf(entry).flatMap(({ namespaces, policy }, index): Finding[] => {
    if (policy !== "AmazonEKSAutoNodePolicy") return [];
    const path: Path = entry.access_policy === undefined ? ["access_policies", index, "policy"] : ["access_policy"];
    if (type !== "EC2") {
      const remedy = "This policy is only for nodes of EKS Auto Mode";
      return [requires(path, "type: EC2", remedy)];
    }
    if (namespaces === undefined) return [];
    return [{ path, message: "applies to the whole cluster. Remove its namespaces" }];
  });
}

/** eks:CreateAccessEntry */
const RESERVED = ["system:", "eks:", "aws:", "amazon:", "iam:"];

function reserved(path: Path, name: string): Finding[] {
  if (!RESERVED.some((start) => name.startsWith(start))) return [];
  const message = `${name} is reserved. EKS refuses names that start with ${RESERVED.join(", ")}. Rename it`;
  return [{ path, message }];
}

function reservedGroups({ kubernetes_groups = [] }: AccessEntry): Finding[] {
  return eachItem(["kubernetes_groups"], kubernetes_groups, [(group) => reserved([], group)]);
}

function reservedUserName({ user_name }: AccessEntry): Finding[] {
  return user_name === undefined ? [] : reserved(["user_name"], user_name);
}

function sessionName({ user_name = "" }: AccessEntry): Finding[] {
  const [before = "", ...session] = user_name.split("{{SessionName");
  if (session.length === 0 || before.includes(":")) return [];
  return [{ path: ["user_name"], message: "must have a colon before {{SessionName}}, such as acme:{{SessionName}}" }];
}

/** Administrators usually come from the account's file: without the account it is unknown whether there are any. */
function administrators({ account, definition }: Subject): Finding[] {
  if (account === undefined) return [];
  const pipeline = [account.roles.deploy, account.roles.plan];
  const administers = (entry: AccessEntry): boolean =>
    !pipeline.includes(entry.principal_arn) &&
    accessPoliciesOf(entry).some(({ policy, namespaces }) => policy === ADMINISTRATOR && namespaces === undefined);
  if (definition.tfvars.cluster.access_entries.some(administers)) return [];
  const message = `must have an administrator besides the roles that deploy and plan. Otherwise nobody can reach the cluster if the pipeline is lost. Add an entry with access_policy: ${ADMINISTRATOR} and without namespaces`;
  return [{ path: ENTRIES, message }];
}

/** Terraform adopts an existing entry only if the definition has an entry for its principal. */
function existingEntries({ account, definition }: Subject): Finding[] {
  if (account === undefined) return [];
  const { access_entries, existing_access_entries } = definition.tfvars.cluster;
  return eachItem(EXISTING, existing_access_entries, [
    (arn) => {
      if (arn === account.roles.deploy || arn === account.roles.plan) return [];
      if (access_entries.some(({ principal_arn }) => principal_arn === arn)) return [];
      return [requires([], "an entry for this principal in access_entries", "Add one, or remove the principal here")];
    },
  ]);
}

/** EKS goes from aws-auth to access entries in two steps, and never back. The first mode cannot be deployed from here. */
function authenticationMode({ definition }: Subject): Finding[] {
  if (definition.tfvars.cluster.authentication_mode !== "CONFIG_MAP") return [];
  const message =
    "does not support access entries, so neither the role that deploys nor an administrator could reach the cluster. Set API_AND_CONFIG_MAP, apply, move the content of aws-auth into access_entries, and then set API";
  return [{ path: [...CLUSTER, "authentication_mode"], message }];
}

import type { Path } from "../../../language/yaml/tree";
import { accessPoliciesOf, entryType } from "../../control-plane/access-policies";
import type { AccessEntry, Account, Tfvars } from "../../model/cluster";
import type { Check, Finding } from "../../rules/finding";

const CLUSTER = ["tfvars", "cluster"] as const;
const ENTRIES = [...CLUSTER, "access_entries"] as const;
const EXISTING = [...CLUSTER, "existing_access_entries"] as const;

/** Somebody besides the pipeline can get in, nobody is named twice, and EKS takes what each entry says. */
export const checkAccess: Check = ({ definition, account }) => {
  const { access_entries, existing_access_entries } = definition.tfvars.cluster;
  const findings = access_entries.flatMap((entry, index) =>
    [
      ...principal(access_entries, entry, account),
      ...roleOfNodes(entry, account),
      ...kind(entry),
      ...policies(entry),
      ...names(entry),
    ].map(({ path, given = [], ...finding }) => ({
      ...finding,
      path: [...ENTRIES, index, ...path],
      given: given.map((other) => [...ENTRIES, index, ...other]),
    })),
  );
  return [
    ...findings,
    ...letInAnyway(definition.tfvars),
    ...administrators(access_entries, account),
    ...existing(existing_access_entries, access_entries, account),
  ];
};

/** Existing roles that come in with what they are for: by an entry of ours, or of EKS's. */
function letInAnyway({ cluster, fargate_profiles, workers }: Tfvars): Finding[] {
  const owners = new Map<string | null | undefined, string>([
    ...workers.map(({ iam_role_arn, name }) => [iam_role_arn, `the group ${name}`] as const),
    ...fargate_profiles.map(({ name, pod_execution_role_arn: arn }) => [arn, `the profile ${name}`] as const),
    ...cluster.capabilities.map(({ name, role_arn }) => [role_arn, `the capability ${name}`] as const),
  ]);
  return cluster.access_entries.flatMap(({ principal_arn }, index): Finding[] => {
    const owner = owners.get(principal_arn);
    if (owner === undefined) return [];
    const message = `is the role of ${owner}, which is let in with it, and EKS takes one entry a principal: remove the entry`;
    return [{ path: [...ENTRIES, index, "principal_arn"], message }];
  });
}

/** Administrators usually come from the account: without it nobody can say that there are none. */
function administrators(entries: readonly AccessEntry[], account: Account | undefined): Finding[] {
  if (account === undefined) return [];
  const pipeline = [account.roles.deploy, account.roles.plan];
  const administers = (entry: AccessEntry): boolean =>
    !pipeline.includes(entry.principal_arn) &&
    accessPoliciesOf(entry).some(
      ({ policy, namespaces }) => policy === "AmazonEKSClusterAdminPolicy" && namespaces === undefined,
    );
  if (entries.some(administers)) return [];
  const message =
    "must name at least one administrator (access_policy: AmazonEKSClusterAdminPolicy, no namespaces) besides the roles that deploy and plan: if the pipeline is lost, so is the cluster";
  return [{ path: ENTRIES, message }];
}

function principal(entries: readonly AccessEntry[], entry: AccessEntry, account: Account | undefined): Finding[] {
  const { principal_arn } = entry;
  const path: Path = ["principal_arn"];
  const first = entries.find((other) => other.principal_arn === principal_arn);
  if (first !== undefined && first !== entry)
    return [{ path, message: `is the principal of the entry ${first.name} too: EKS takes one entry a principal` }];
  if (principal_arn.includes(":role/aws-service-role/"))
    return [{ path, message: "is a service-linked role, which EKS lets in by itself or not at all: remove the entry" }];
  if (principal_arn.includes(":role/AWSReservedSSO_")) {
    const message =
      "lacks the path of a role of IAM Identity Center: aws-auth wanted it without, EKS wants it as IAM shows it, arn:…:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_…";
    return [{ path, message }];
  }
  if (principal_arn === account?.roles.deploy && accessPoliciesOf(entry).length > 0 && !isAdministrator(entry)) {
    const message = `is the role that deploys, which has AmazonEKSClusterAdminPolicy anyway, and would not have less: remove the entry`;
    return [{ path, message }];
  }
  return [];
}

function isAdministrator(entry: AccessEntry): boolean {
  return accessPoliciesOf(entry).some(({ policy }) => policy === "AmazonEKSClusterAdminPolicy");
}

/** Nodes have a role, of the cluster's own account: "Create access entries" of the EKS user guide, and eks:CreateAccessEntry. */
function roleOfNodes(entry: AccessEntry, account: Account | undefined): Finding[] {
  const { principal_arn } = entry;
  const type = entryType(entry);
  if (type === "STANDARD") return [];
  const path: Path = ["principal_arn"];
  const given: readonly Path[] = [["type"]];
  if (!principal_arn.includes(":role/")) {
    const message = `is a user, and the type ${type} is for nodes, which have a role: name that, or leave out the type`;
    return [{ path, given, message }];
  }
  const owner = principal_arn.split(":")[4];
  if (account === undefined || owner === account.id) return [];
  const message = `is a role of account ${owner}, and for the type ${type} EKS takes those of the cluster's own account ${account.id}: name the role that the nodes have here, or leave out the type`;
  return [{ path, given, message }];
}

/** Nodes are known by their kind; who else is let in has to be told what for. */
function kind(entry: AccessEntry): Finding[] {
  const { kubernetes_groups, user_name, namespaces, access_policy, access_policies } = entry;
  const type = entryType(entry);
  if (access_policy !== undefined && access_policies !== undefined)
    return [
      {
        path: ["access_policies"],
        given: [["access_policy"]],
        message: "stands beside access_policy, which is short for it: keep one of them",
      },
    ];
  if (namespaces !== undefined && access_policy === undefined)
    return [{ path: ["namespaces"], message: "limits access_policy, and there is none: write them with the policies" }];
  const granted = accessPoliciesOf(entry);
  if (type === "STANDARD") {
    // RBAC may know the name itself, without a group.
    if (granted.length > 0 || (kubernetes_groups ?? []).length > 0 || user_name !== undefined) return [];
    return [
      {
        path: [],
        given: [["access_policy"], ["access_policies"], ["kubernetes_groups"], ["user_name"]],
        message:
          "lets somebody in who may do nothing: give it access_policy, access_policies, kubernetes_groups, or a user_name that RBAC knows",
      },
    ];
  }
  const given: readonly Path[] = [["type"]];
  const own = [
    ...(kubernetes_groups === undefined ? [] : ["kubernetes_groups"]),
    ...(user_name === undefined ? [] : ["user_name"]),
  ].map((key) => ({ path: [key], given, message: `is for type STANDARD: EKS gives ${type} its own, remove it` }));
  if (type === "EC2") return own;
  const policy = access_policy === undefined ? "access_policies" : "access_policy";
  const none =
    granted.length === 0
      ? []
      : [{ path: [policy], given, message: `is not for ${type}, which EKS gives what its nodes need: remove it` }];
  return [...own, ...none];
}

function policies(entry: AccessEntry): Finding[] {
  const granted = accessPoliciesOf(entry);
  const listed = entry.access_policies !== undefined;
  return granted.flatMap(({ policy, namespaces }, index): Finding[] => {
    const path: Path = listed ? ["access_policies", index, "policy"] : ["access_policy"];
    const given: readonly Path[] = [["type"]];
    if (granted.findIndex((other) => other.policy === policy) < index)
      return [{ path, message: `lists ${policy} twice: EKS takes it once a principal, with all its namespaces` }];
    if (policy === "AmazonEKSAutoNodePolicy" && entryType(entry) !== "EC2")
      return [{ path, given, message: "is for nodes of EKS Auto Mode: it needs type: EC2" }];
    if (policy === "AmazonEKSAutoNodePolicy" && namespaces !== undefined)
      return [{ path, message: "is for the whole cluster: remove its namespaces" }];
    return [];
  });
}

/** eks:CreateAccessEntry */
const RESERVED = ["system:", "eks:", "aws:", "amazon:", "iam:"];

function names({ kubernetes_groups = [], user_name }: AccessEntry): Finding[] {
  const groups = kubernetes_groups.flatMap((group, place) =>
    RESERVED.some((start) => group.startsWith(start))
      ? [
          {
            path: ["kubernetes_groups", place],
            message: `${group} is reserved: EKS refuses groups that start with ${RESERVED.join(", ")}`,
          },
        ]
      : [],
  );
  if (user_name === undefined) return groups;
  const path: Path = ["user_name"];
  if (RESERVED.some((start) => user_name.startsWith(start)))
    return [
      ...groups,
      { path, message: `${user_name} is reserved: EKS refuses names that start with ${RESERVED.join(", ")}` },
    ];
  const session = user_name.indexOf("{{SessionName");
  if (session >= 0 && !user_name.slice(0, session).includes(":"))
    return [...groups, { path, message: "must have a colon before {{SessionName}}, such as acme:{{SessionName}}" }];
  return groups;
}

/** Terraform takes over only what it has an entry for. */
function existing(arns: readonly string[], entries: readonly AccessEntry[], account: Account | undefined): Finding[] {
  if (account === undefined) return [];
  const known = [account.roles.deploy, account.roles.plan, ...entries.map(({ principal_arn }) => principal_arn)];
  return arns.flatMap((arn, index) => {
    const path = [...EXISTING, index];
    if (arns.indexOf(arn) < index) return [{ path, message: "is listed twice: list each principal once" }];
    if (known.includes(arn)) return [];
    return [
      {
        path,
        given: [ENTRIES],
        message: "has no entry in access_entries, so there is nothing to take it over: add one",
      },
    ];
  });
}

/** EKS takes the way from aws-auth in two steps, and none back; of the first nothing here can be made. */
export const checkAuthenticationMode: Check = ({ definition }) => {
  const { authentication_mode } = definition.tfvars.cluster;
  if (authentication_mode !== "CONFIG_MAP") return [];
  const message =
    "knows no access entries, so neither the role that deploys nor an administrator would get in: set API_AND_CONFIG_MAP, apply, move what aws-auth lists into access_entries, and then set API";
  return [{ path: [...CLUSTER, "authentication_mode"], message }];
};

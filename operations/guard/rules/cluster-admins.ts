import { parseAllDocuments } from "yaml";
import { isMap } from "../../../language/plain-map";
import { field, items, textOf, texts } from "../../plans/json";
import { type ResourceChange, removes } from "../../plans/plan";
import { shortened } from "../../plans/shortened";
import { after } from "../../plans/values";
import type { GuardedPlan, Match, Matcher } from "./rule";

/** Access policies of EKS that may do anything in the cluster. */
const ADMINS = ["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy"];

/** Finds principals that become administrators of the cluster. */
export const addsClusterAdmin: Matcher = ({ identity, plan }, { plans }) => {
  // With the control plane itself, everyone who may enter is new.
  if (plan.changes.some(({ type, actions }) => type === "aws_eks_cluster" && actions.join() === "create")) return [];
  const own = plan.changes.filter(mayNameAdmins);
  const groups = adminGroups(plans.filter((each) => each.identity.cluster === identity.cluster));
  const present = new Set(own.flatMap(({ type, before: side }) => adminsOf(type, side, groups)));
  return own.flatMap((change): Match[] => {
    if (!change.managed || removes(change)) return [];
    if (isUnknownAdmin(change)) {
      const who = "a principal with an access policy that is known only after the apply";
      return [{ address: change.address, loses: `adds ${who}`, change: who }];
    }
    const added = adminsOf(change.type, change.after, groups).filter((admin) => !present.has(admin));
    if (added.length === 0) return [];
    const [first] = added;
    const who = added.length === 1 ? first : added;
    const sensitive = TEXTS.some((key) => after(change, [key]).sensitive);
    const shown = sensitive ? "an administrator of the cluster (sensitive)" : shortened(added.join("; "), 160);
    return [{ address: change.address, loses: `adds ${shown}`, change: who }];
  });
};

/** A large plan has few of them. */
const mayNameAdmins = ({ type }: ResourceChange): boolean =>
  /^(?:aws_eks_access_|helm_release$|kubectl_manifest$|kubernetes_)/.test(type);

/** Keys with Kubernetes objects as text or as a value. */
const TEXTS = ["data", "manifest", "values", "yaml_body"];

/** Groups that the plans bind to the role cluster-admin. Members of system:masters need no binding. */
function adminGroups(plans: readonly GuardedPlan[]): ReadonlySet<string> {
  const bound = plans.flatMap(({ plan }) =>
    plan.changes
      .filter(mayNameAdmins)
      .flatMap(({ type, after: side }) => bindingsOf(type, side).filter(isAdmin).flatMap(subjectsOf)),
  );
  return new Set(["system:masters", ...bound.flatMap(({ kind, name }) => (kind === "Group" ? name : []))]);
}

function adminsOf(type: string, side: unknown, groups: ReadonlySet<string>): string[] {
  const principal = textOf(field(side, "principal_arn")) ?? "a principal that is known only after the apply";
  if (type === "aws_eks_access_policy_association") {
    const policy = (textOf(field(side, "policy_arn")) ?? "").split("/").at(-1) ?? "";
    const [scope] = items(field(side, "access_scope"));
    const everywhere =
      field(scope, "type") !== "namespace" || texts(field(scope, "namespaces")).some((name) => name.includes("*"));
    return ADMINS.includes(policy) && everywhere ? [`${principal} as an administrator of the cluster (${policy})`] : [];
  }
  if (type === "aws_eks_access_entry")
    return texts(field(side, "kubernetes_groups")).flatMap((group) =>
      groups.has(group) ? `${principal} as a member of ${group}` : [],
    );
  if (/^kubernetes_config_map/.test(type)) return mappedAdmins(side, groups);
  return [
    ...bindingsOf(type, side)
      .filter(isAdmin)
      .map((binding) => `${subjectsText(binding)} as ${placeText(binding)}`),
    ...rolesOf(type, side)
      .filter(allowsEverything)
      .map(({ name }) => `the cluster role ${name}, which may do everything`),
  ];
}

/** The older way into a cluster: the ConfigMap aws-auth. */
function mappedAdmins(side: unknown, groups: ReadonlySet<string>): string[] {
  const [metadata] = items(field(side, "metadata"));
  if (field(metadata, "name") !== "aws-auth" || !isMap(field(side, "data"))) return [];
  return ["mapRoles", "mapUsers"].flatMap((key) =>
    items(yamlOf(textOf(field(field(side, "data"), key)))).flatMap((mapping) =>
      texts(field(mapping, "groups"))
        .filter((group) => groups.has(group))
        .map((group) => `${field(mapping, "rolearn") ?? field(mapping, "userarn")} as a member of ${group}`),
    ),
  );
}

/** A binding of a role, in one spelling: the provider's and Kubernetes' own differ. */
interface Binding {
  readonly role: unknown;
  /** Undefined if it counts in every namespace. */
  readonly namespace: string | undefined;
  readonly subjects: readonly unknown[];
}

function bindingsOf(type: string, side: unknown): Binding[] {
  const [, scope] = /^kubernetes_(cluster_)?role_binding(?:_v1)?$/.exec(type) ?? [];
  if (/^kubernetes_(?:cluster_)?role_binding(?:_v1)?$/.test(type)) {
    const [role] = items(field(side, "role_ref"));
    const [metadata] = items(field(side, "metadata"));
    const namespace = scope === undefined ? (textOf(field(metadata, "namespace")) ?? "default") : undefined;
    return [{ role: field(role, "name"), namespace, subjects: items(field(side, "subject")) }];
  }
  return objectsOf(type, side)
    .filter((object) => ["ClusterRoleBinding", "RoleBinding"].includes(String(field(object, "kind"))))
    .map((object) => ({
      role: field(field(object, "roleRef"), "name"),
      namespace:
        field(object, "kind") === "RoleBinding"
          ? (textOf(field(field(object, "metadata"), "namespace")) ?? "default")
          : undefined,
      subjects: items(field(object, "subjects")),
    }));
}

/** In kube-system are the secrets and the pods that may do everything. */
const isAdmin = ({ namespace, role }: Binding): boolean =>
  role === "cluster-admin" && (namespace === undefined || namespace === "kube-system");

const subjectsOf = ({ subjects }: Binding) =>
  subjects.map((each) => ({
    kind: String(field(each, "kind")),
    name: String(field(each, "name")),
    namespace: textOf(field(each, "namespace")),
  }));

function subjectsText(binding: Binding): string {
  const words = subjectsOf(binding).map(({ kind, name, namespace }) =>
    kind === "ServiceAccount" ? `${kind} ${namespace ?? "default"}/${name}` : `${kind} ${name}`,
  );
  return words.sort().join(", ");
}

const placeText = ({ namespace }: Binding): string =>
  namespace === undefined ? "cluster-admin" : `cluster-admin of ${namespace}`;

interface ClusterRole {
  readonly name: string;
  readonly rules: readonly unknown[];
}

function rolesOf(type: string, side: unknown): ClusterRole[] {
  if (/^kubernetes_cluster_role(?:_v1)?$/.test(type)) {
    const [metadata] = items(field(side, "metadata"));
    return [{ name: String(field(metadata, "name")), rules: items(field(side, "rule")) }];
  }
  return objectsOf(type, side)
    .filter((object) => field(object, "kind") === "ClusterRole")
    .map((object) => ({
      name: String(field(field(object, "metadata"), "name")),
      rules: items(field(object, "rules")),
    }));
}

const allowsEverything = ({ rules }: ClusterRole): boolean =>
  rules.some((rule) =>
    [["verbs"], ["resources"], ["api_groups", "apiGroups"]].every((keys) =>
      keys.some((key) => texts(field(rule, key)).includes("*")),
    ),
  );

/** Kubernetes objects in a resource: in a manifest, or in the values of a chart, such as the one that installs manifests. */
function objectsOf(type: string, side: unknown): unknown[] {
  if (type === "kubernetes_manifest") return withKind(field(side, "manifest"));
  if (type === "kubectl_manifest") return withKind(yamlOf(textOf(field(side, "yaml_body"))));
  return type === "helm_release" ? texts(field(side, "values")).flatMap((text) => withKind(yamlOf(text))) : [];
}

/** Longer text cannot be values of a chart. */
const LONGEST_TEXT = 2 ** 20;

/** Reads YAML that may contain a role. Other text is not read, because most values of charts contain none. */
function yamlOf(text: string | undefined): unknown {
  if (text === undefined || text.length > LONGEST_TEXT) return undefined;
  if (!/Role|system:masters|groups/.test(text)) return undefined;
  try {
    const documents = [parseAllDocuments(text)].flat().map((each) => each.toJS() as unknown);
    return documents.length === 1 ? documents[0] : documents;
  } catch {
    return undefined;
  }
}

/** Returns every object of Kubernetes in a value. Nested text counts too: some charts accept manifests as text. */
function withKind(value: unknown): unknown[] {
  const found: unknown[] = [];
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "string") {
      if (next.includes("Role")) pending.push(...[yamlOf(next)].filter((each) => typeof each === "object"));
    } else if (Array.isArray(next)) pending.push(...next.filter((each) => each !== null && each !== undefined));
    else if (isMap(next)) {
      if (field(next, "kind") !== undefined && field(next, "metadata") !== undefined) found.push(next);
      pending.push(...Object.values(next).filter((each) => each !== null && each !== undefined));
    }
  }
  return found;
}

/** True if the policy of an association is unknown until the apply. */
function isUnknownAdmin(change: ResourceChange): boolean {
  if (change.type !== "aws_eks_access_policy_association") return false;
  return after(change, ["policy_arn"]).unknown;
}

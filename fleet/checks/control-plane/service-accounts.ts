import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import type { Path } from "../../../language/yaml/tree";
import type { Definition, Tfvars } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import type { Check, Finding } from "../../rules/finding";

const CLUSTER = ["tfvars", "cluster"] as const;
const ROLES = [...CLUSTER, "service_account_roles"] as const;
type Role = Tfvars["cluster"]["service_account_roles"][number];

/** Keys that make sense only with a role of ours. */
const OF_OURS = ["managed_policy_arns", "statements", "permissions_boundary"] as const;

/** What becomes with IRSA of what only Pod Identity has. */
const WITH_IRSA = {
  role_arn: "with irsa an existing role is named by the annotation of the service account alone",
  target_role_arn: "with irsa the workload assumes another role by itself",
  disable_session_tags: "with irsa a session has no tags anyway",
} as const;

/** Every role may do something, for a service account that has no other. */
export const checkServiceAccountRoles: Check = ({ definition }) => {
  const { eks_pod_identity_agent, service_account_roles } = definition.tfvars.cluster;
  const agent = eks_pod_identity_agent.enabled;
  return [
    ...service_account_roles.flatMap((role, index) => {
      const path = [...ROLES, index];
      const withoutAgent: Finding[] =
        role.by === "pod_identity" && !agent
          ? [
              {
                path: [...path, "by"],
                given: [[...CLUSTER, "eks_pod_identity_agent", "enabled"]],
                message: "needs eks_pod_identity_agent, which is not enabled: enable it, or set by: irsa",
              },
            ]
          : [];
      return [
        ...served(service_account_roles, role, path),
        ...takenByOthers(definition, role, path),
        ...rights(role, path),
        ...withoutAgent,
      ];
    }),
  ];
};

function served(roles: readonly Role[], role: Role, path: Path): Finding[] {
  const first = roles.find(
    ({ namespace, service_account }) => namespace === role.namespace && service_account === role.service_account,
  );
  if (first === undefined || first === role) return [];
  const message = `is the service account of ${first.name} too, and a pod has one role: put both into one`;
  return [{ path: [...path, "service_account"], given: [[...path, "namespace"]], message }];
}

/** EKS takes one association a service account; IRSA would take it from the other one's pods. */
function takenByOthers(definition: Definition, { namespace, service_account }: Role, path: Path): Finding[] {
  const { cluster, extra_charts } = definition.tfvars;
  const addon = enabledAddons(definition)
    .map((name): Addon => catalogue[name])
    .find(
      (each) =>
        each.namespace === namespace &&
        [each.service_account, ...(each.further_identities ?? []).map((further) => further.service_account)].includes(
          service_account,
        ),
    );
  const chart = extra_charts.find((each) => each.namespace === namespace && each.service_account === service_account);
  const extra = cluster.extra_eks_addons.find(
    ({ namespace: of = "kube-system", service_accounts = [] }) =>
      of === namespace && service_accounts.some((account) => account.service_account === service_account),
  );
  const owner =
    (addon && `the addon ${addon.name}`) ??
    (chart && `the extra chart ${chart.name}`) ??
    (extra && `the EKS add-on ${extra.name}`) ??
    (namespace === "kube-system" && service_account === "aws-node" ? "the EKS add-on vpc-cni" : undefined);
  if (owner === undefined) return [];
  const message = `${service_account} in ${namespace} has a role by ${owner} already, and a pod has one: name another`;
  return [{ path: [...path, "service_account"], given: [[...path, "namespace"]], message }];
}

function rights(role: Role, path: Path): Finding[] {
  const { by, managed_policy_arns = [], role_arn, statements = [], target_role_arn } = role;
  if (by === "irsa") {
    const only = (["role_arn", "target_role_arn", "disable_session_tags"] as const).filter(
      (key) => role[key] !== undefined,
    );
    if (only.length > 0)
      return only.map((key) => ({
        path: [...path, key],
        given: [[...path, "by"]],
        message: `is for pod_identity: ${WITH_IRSA[key]}`,
      }));
  }
  if (role_arn !== undefined)
    return OF_OURS.filter((key) => role[key] !== undefined).map((key) => ({
      path: [...path, key],
      given: [[...path, "role_arn"]],
      message: "has no effect on an existing role, which is not changed: remove it, or role_arn",
    }));
  if (managed_policy_arns.length > 0 || statements.length > 0 || target_role_arn !== undefined) return [];
  return [
    { path, message: "makes a role that may do nothing: give it managed_policy_arns, statements or a target_role_arn" },
  ];
}

import {
  attachmentName,
  FARGATE_POLICY,
  HYBRID_NODE_POLICY,
  NODE_POLICIES,
  SESSION_MANAGER_POLICY,
} from "../../../aws/iam-policies";
import type { Path } from "../../../language/yaml/tree";
import { controlPlanePolicies } from "../../control-plane/control-plane-policies";
import type { Definition } from "../../model/cluster";
import type { Check, Finding } from "../../rules/finding";

/** Policies that a definition attaches to a role of ours. */
export interface AttachedPolicies {
  readonly arns: readonly string[];
  readonly path: Path;
  /** Policies of AWS that the role has by itself. */
  readonly anyway: readonly string[];
}

const CLUSTER = ["tfvars", "cluster"] as const;
const KEY = "managed_policy_arns";

export function attachedPolicies({ tfvars }: Definition): readonly AttachedPolicies[] {
  const { capabilities, extra_eks_addons, hybrid_nodes, service_account_roles } = tfvars.cluster;
  const given = (
    arns: readonly string[] | undefined,
    path: Path,
    anyway: readonly string[] = [],
  ): AttachedPolicies[] => (arns === undefined ? [] : [{ arns, path, anyway }]);
  const { additional_policy_arns } = tfvars.cluster;
  const ssm = hybrid_nodes.credential_provider === "SSM" ? [SESSION_MANAGER_POLICY] : [];
  return [
    ...given(additional_policy_arns, [...CLUSTER, "additional_policy_arns"], controlPlanePolicies(tfvars)),
    ...service_account_roles.flatMap((role, index) =>
      given(role.managed_policy_arns, [...CLUSTER, "service_account_roles", index, KEY]),
    ),
    ...capabilities.flatMap((capability, index) =>
      given(capability.managed_policy_arns, [...CLUSTER, "capabilities", index, KEY]),
    ),
    ...extra_eks_addons.flatMap(({ service_accounts = [] }, index) =>
      service_accounts.flatMap(({ managed_policy_arns }, place) =>
        given(managed_policy_arns, [...CLUSTER, "extra_eks_addons", index, "service_accounts", place, KEY]),
      ),
    ),
    ...given(hybrid_nodes.managed_policy_arns, [...CLUSTER, "hybrid_nodes", KEY], [HYBRID_NODE_POLICY, ...ssm]),
    ...tfvars.fargate_profiles.flatMap((profile, index) =>
      given(profile.managed_policy_arns, ["tfvars", "fargate_profiles", index, KEY], [FARGATE_POLICY]),
    ),
    ...given(
      tfvars.addons.karpenter.options.node_policy_arns,
      ["tfvars", "addons", "karpenter", "options", "node_policy_arns"],
      [...NODE_POLICIES, SESSION_MANAGER_POLICY],
    ),
    ...tfvars.workers.flatMap(({ additional_policy_arns, session_manager }, index) =>
      given(
        additional_policy_arns,
        ["tfvars", "workers", index, "additional_policy_arns"],
        [...NODE_POLICIES, ...(session_manager ? [SESSION_MANAGER_POLICY] : [])],
      ),
    ),
  ];
}

/** A role of ours gets each policy once, and that of the control plane none where it exists. */
export const checkAttachedPolicies: Check = ({ definition }) => [
  ...ofExistingRole(definition),
  ...attachedPolicies(definition).flatMap(({ anyway, arns, path }) =>
    arns.flatMap((arn, index): Finding[] => {
      const first = arns.slice(0, index).find((other) => attachmentName(other) === attachmentName(arn));
      if (first === arn) return [{ path: [...path, index], message: `names ${arn} twice: name each once` }];
      if (first !== undefined) {
        const message = `is called as ${first} is, once slashes are dashes, and each has an address in the state: give one of them another path`;
        return [{ path: [...path, index], message }];
      }
      const name = arn.replace(/^.*::aws:policy\/(?:.*\/)?/, "");
      if (!anyway.includes(name)) return [];
      return [{ path: [...path, index], message: `is ${name}, which the role has anyway: remove it` }];
    }),
  ),
];

function ofExistingRole({ tfvars }: Definition): Finding[] {
  const { additional_policy_arns, role_arn } = tfvars.cluster;
  if (role_arn === null || additional_policy_arns.length === 0) return [];
  const message = "has no effect on an existing role, which is not changed: remove it, or role_arn";
  return [{ path: [...CLUSTER, "additional_policy_arns"], given: [[...CLUSTER, "role_arn"]], message }];
}

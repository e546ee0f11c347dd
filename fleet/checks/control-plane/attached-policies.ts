import {
  attachmentName,
  FARGATE_POLICY,
  HYBRID_NODE_POLICY,
  NODE_POLICIES,
  SESSION_MANAGER_POLICY,
} from "../../../aws/iam-policies";
import { namedTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import { controlPlanePolicies } from "../../control-plane/control-plane-policies";
import type { Tfvars } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { eachItem, within } from "../../rules/each-item";
import { eachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const CLUSTER = ["tfvars", "cluster"] as const;
const OF_CONTROL_PLANE = [...CLUSTER, "additional_policy_arns"] as const;
const OF_KARPENTER = ["tfvars", "addons", "karpenter", "options", "node_policy_arns"] as const;
const MANAGED = "managed_policy_arns";

/**
 * A rule about the policies that a definition attaches to one role. Its paths begin at the list.
 *
 * @param own the names of AWS's policies that the role has by default
 */
type AttachedPoliciesRule = (arns: readonly string[], own: readonly string[], subject: Subject) => readonly Finding[];

interface WithPolicies {
  readonly [MANAGED]?: readonly string[] | undefined;
}

/** Returns checks that apply a rule to each list of policies that is attached to a role which this program creates. */
export function ofAttachedPolicies(rule: AttachedPoliciesRule): readonly Check[] {
  type Find = (tfvars: Tfvars, subject: Subject) => readonly Finding[];
  const check =
    (find: Find): Check =>
    (subject) =>
      find(subject.definition.tfvars, subject);
  const list = (subject: Subject, path: Path, arns: readonly string[] = [], own: readonly string[] = []): Finding[] =>
    rule(arns, own, subject).map((finding) => within(path, finding));
  const managed = (subject: Subject, path: Path, items: readonly WithPolicies[], own?: readonly string[]): Finding[] =>
    eachItem(path, items, [(item) => list(subject, [MANAGED], item[MANAGED], own)]);
  return [
    check((tfvars, subject) =>
      list(subject, OF_CONTROL_PLANE, tfvars.cluster.additional_policy_arns, controlPlanePolicies(tfvars)),
    ),
    check(({ cluster }, subject) =>
      managed(subject, [...CLUSTER, "service_account_roles"], cluster.service_account_roles),
    ),
    check(({ cluster }, subject) => managed(subject, [...CLUSTER, "capabilities"], cluster.capabilities)),
    check(({ cluster }, subject) =>
      eachItem([...CLUSTER, "extra_eks_addons"], cluster.extra_eks_addons, [
        ({ service_accounts = [] }) => managed(subject, ["service_accounts"], service_accounts),
      ]),
    ),
    check(({ cluster: { hybrid_nodes } }, subject) => {
      const ssm = hybrid_nodes.credential_provider === "SSM" ? [SESSION_MANAGER_POLICY] : [];
      const own = [HYBRID_NODE_POLICY, ...ssm];
      return list(subject, [...CLUSTER, "hybrid_nodes", MANAGED], hybrid_nodes[MANAGED], own);
    }),
    check(({ fargate_profiles }, subject) =>
      managed(subject, ["tfvars", "fargate_profiles"], fargate_profiles, [FARGATE_POLICY]),
    ),
    check(({ addons }, subject) => {
      const own = [...NODE_POLICIES, SESSION_MANAGER_POLICY];
      return list(subject, OF_KARPENTER, addons.karpenter.options.node_policy_arns, own);
    }),
    eachWorker([
      ({ additional_policy_arns, session_manager }, subject) => {
        const own = [...NODE_POLICIES, ...(session_manager ? [SESSION_MANAGER_POLICY] : [])];
        return list(subject, ["additional_policy_arns"], additional_policy_arns, own);
      },
    ]),
  ];
}

/** Rules about policies that are attached to roles: each policy once, and none that has no effect. */
export const attachedPolicyRules: readonly Check[] = [
  ofExistingRole,
  ...ofAttachedPolicies((arns) => namedTwice(arns, [])),
  ...ofAttachedPolicies(sameAddress),
  ...ofAttachedPolicies(attachedAnyway),
];

function ofExistingRole({ definition }: Subject): Finding[] {
  const { additional_policy_arns, role_arn } = definition.tfvars.cluster;
  if (role_arn === null || additional_policy_arns.length === 0) return [];
  return [noEffect(OF_CONTROL_PLANE, "role_arn sets an existing role, which is not changed", "or remove role_arn")];
}

function sameAddress(arns: readonly string[]): Finding[] {
  return eachItem([], arns, [
    (arn, index) => {
      const earlier = arns.slice(0, index);
      const first = earlier.find((other) => other !== arn && attachmentName(other) === attachmentName(arn));
      if (first === undefined) return [];
      const message = `has the same address in the state as ${first}, because dashes replace slashes there. Give one of the policies another path`;
      return [{ path: [], message }];
    },
  ]);
}

function attachedAnyway(arns: readonly string[], own: readonly string[]): Finding[] {
  return eachItem([], arns, [
    (arn) => {
      const name = arn.replace(/^.*::aws:policy\/(?:.*\/)?/, "");
      return own.includes(name) ? [{ path: [], message: `${name} is attached to the role by default. Remove it` }] : [];
    },
  ]);
}

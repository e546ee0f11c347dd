import { sharedTwice } from "../../../language/twice";
import type { Tfvars } from "../../model/cluster";
import { addonSettings } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { regionOf } from "../../network/zones";
import { eachItem, type ItemRule } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";
import { policyTwice } from "./access";

type Capability = Tfvars["cluster"]["capabilities"][number];

const CAPABILITIES = ["tfvars", "cluster", "capabilities"] as const;

/** Rules about EKS capabilities: at most one of each type, each with what its type requires. */
export const capabilityRules: readonly Check[] = [
  (subject) =>
    eachItem(CAPABILITIES, subject.definition.tfvars.cluster.capabilities, [
      inPartition(subject),
      sameAsAddon(subject),
      argoCd,
      ofExistingRole,
      ({ access_policies = [] }) => policyTwice(["access_policies"], access_policies),
    ]),
  ({ definition }) =>
    sharedTwice(
      definition.tfvars.cluster.capabilities,
      ({ type }) => type,
      CAPABILITIES,
      "type",
      (type, first) => `${first} already has type ${type}. EKS accepts one capability of each type. Remove one of them`,
    ),
];

function inPartition(subject: Subject): ItemRule<Capability> {
  return () => {
    const partition = regionOf(subject)?.partition;
    if (partition === undefined || partition === "aws") return [];
    const message = `does not exist in partition ${partition}. EKS has capabilities only in partition aws. Remove it`;
    return [{ path: ["type"], message }];
  };
}

function sameAsAddon({ definition }: Subject): ItemRule<Capability> {
  return ({ type }) => {
    const addon = addonSettings(definition).find(({ addon }) => addon.installed_also?.eks_capability === type);
    if (addon === undefined) return [];
    const message = `brings the kinds that the addon ${addon.name} brings. Set ${addon.name}_enabled: false, or remove this capability`;
    return [{ path: ["type"], message }];
  };
}

function argoCd({ argo_cd, type }: Capability): Finding[] {
  if (type !== "ARGOCD")
    return argo_cd === undefined ? [] : [noEffect(["argo_cd"], `it is for type ARGOCD, but the type is ${type}`)];
  if (argo_cd !== undefined) return [];
  return [requires([], "argo_cd for type ARGOCD", "Set argo_cd, because users log in through IAM Identity Center")];
}

function ofExistingRole(capability: Capability): Finding[] {
  if (capability.role_arn === undefined) return [];
  return (["managed_policy_arns", "statements"] as const)
    .filter((key) => capability[key] !== undefined)
    .map((key) => noEffect([key], "role_arn sets an existing role, which is not changed", "or remove role_arn"));
}

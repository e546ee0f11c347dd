import { addonSettings } from "../../model/enabled-addons";
import { regionOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";

const CAPABILITIES = ["tfvars", "cluster", "capabilities"] as const;

/** One capability of a type, with what its type needs. */
export const checkCapabilities: Check = ({ definition, regions }) => {
  const { capabilities } = definition.tfvars.cluster;
  const partition = regionOf({ definition, regions })?.partition;
  return [
    ...capabilities.flatMap((capability, index): Finding[] => {
      const path = [...CAPABILITIES, index];
      const { access_policies = [], argo_cd, role_arn, type } = capability;
      const findings: Finding[] = [];
      const first = capabilities.find((other) => other.type === type);
      if (first !== undefined && first !== capability)
        findings.push({
          path: [...path, "type"],
          message: `is the type of ${first.name} too: EKS takes one of each type`,
        });
      if (partition !== undefined && partition !== "aws")
        findings.push({
          path: [...path, "type"],
          given: [["tfvars", "common", "aws_region"]],
          message: `is not there in partition ${partition}: EKS has capabilities in partition aws only`,
        });
      if (type === "ARGOCD" && argo_cd === undefined)
        findings.push({
          path,
          message: "is of type ARGOCD and needs argo_cd: its people log in by IAM Identity Center",
        });
      const twin = addonSettings(definition).find(({ addon }) => addon.installed_also?.eks_capability === type);
      if (twin !== undefined)
        findings.push({
          path: [...path, "type"],
          given: [["tfvars", "addons", twin.name, "enabled"]],
          message: `brings the kinds that the addon ${twin.name} brings. Set ${twin.name}_enabled: false, or remove this capability`,
        });
      if (type !== "ARGOCD" && argo_cd !== undefined)
        findings.push({
          path: [...path, "argo_cd"],
          given: [[...path, "type"]],
          message: `is for type ARGOCD, and this is ${type}: remove it`,
        });
      for (const key of ["managed_policy_arns", "statements"] as const) {
        if (role_arn === undefined || capability[key] === undefined) continue;
        findings.push({
          path: [...path, key],
          given: [[...path, "role_arn"]],
          message: "has no effect on an existing role, which is not changed: remove it, or role_arn",
        });
      }
      access_policies.forEach(({ policy }, place) => {
        if (access_policies.findIndex((other) => other.policy === policy) < place)
          findings.push({
            path: [...path, "access_policies", place, "policy"],
            message: `lists ${policy} twice: EKS takes it once a principal, with all its namespaces`,
          });
      });
      return findings;
    }),
  ];
};

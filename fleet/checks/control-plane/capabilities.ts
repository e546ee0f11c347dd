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
      if (type === "ARGOCD" && definition.tfvars.addons.argo_cd.enabled)
        findings.push({
          path: [...path, "type"],
          given: [["tfvars", "addons", "argo_cd", "enabled"]],
          message:
            "is Argo CD run by EKS, and brings the kinds that the addon argo_cd brings: set argo_cd_enabled: false, or remove this",
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

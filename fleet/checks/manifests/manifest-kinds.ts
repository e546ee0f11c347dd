import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { groupAndKind, kindBrought } from "../../addons/manifests";
import { enabledAddons } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { hasAutoMode } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

const ADDONS: readonly Addon[] = Object.values(catalogue);

/** Refuses objects of a kind that only a disabled addon would install. */
export const checkManifestKinds: Check = (subject) => {
  const { extra_charts, extra_manifests } = subject.definition.tfvars;
  const charts = extra_charts.map(({ name }) => name);
  const own = new Set(extra_manifests.flatMap(({ manifests }) => manifests.map(kindBrought)));
  const elsewhere = groupsOfEks(subject);
  const enabled: readonly string[] = enabledAddons(subject.definition);
  return extra_manifests.flatMap(({ after = [], manifests }, item) => {
    if (after.some((name) => charts.includes(name))) return [];
    return manifests.flatMap((written, index): Finding[] => {
      const kind = groupAndKind(written);
      const [group = ""] = kind.split("/");
      const bringers = ADDONS.filter(({ api_groups = [] }) => api_groups.includes(group)).map(({ name }) => name);
      if (bringers.length === 0 || own.has(kind) || elsewhere.includes(group)) return [];
      if (bringers.some((name) => enabled.includes(name))) return [];
      const message = `requires the API ${group}, which ${bringers.join(" or ")} installs. Set ${bringers[0]}_enabled: true, or list the extra chart that installs it in after`;
      return [
        {
          path: ["tfvars", "extra_manifests", item, "manifests", index, "apiVersion"],
          message,
        },
      ];
    });
  });
};

/** Returns the API groups that EKS itself installs. */
function groupsOfEks({ definition }: Subject): readonly string[] {
  const argo = definition.tfvars.cluster.capabilities.some(({ type }) => type === "ARGOCD");
  return [...(argo ? ["argoproj.io"] : []), ...(hasAutoMode(definition) ? ["karpenter.sh"] : [])];
}

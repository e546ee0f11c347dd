import type { Cluster } from "../../fleet/model/cluster";
import { hasAutoMode, hasHybridNodes } from "../../fleet/nodes/auto-mode";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import { type KubernetesMinor, kubernetesMinor, stepsBetween } from "../../language/words/kubernetes-minor";
import type { Kubelet } from "./report";

/** Minor versions that a kubelet may be older than the API server. */
export const MOST_BEHIND = 3;

/**
 * Returns the kubelet of each group, and the number of minor versions that it would be behind the new control plane if the nodes were not
 * replaced before.
 *
 * @param now the cluster whose nodes run today
 */
export function kubelets(now: Cluster, groups: readonly NodeGroupPlan[], to: KubernetesMinor): readonly Kubelet[] {
  const version = kubernetesMinor(now.tfvars.cluster.kubernetes_version);
  const known = (group: string, image: string): Kubelet[] => {
    if (version === undefined) return [];
    const behind = stepsBetween(version, to);
    return [{ group, image, kubelet: version, behind, allowed: behind <= MOST_BEHIND }];
  };
  const unknown = (group: string, image: string): Kubelet => ({
    group,
    image,
    kubelet: null,
    behind: null,
    allowed: null,
  });
  return [
    ...groups.flatMap(({ image, name }) =>
      image.from === "user" ? [unknown(name, image.id ?? "of the launch template")] : known(name, imageOf(image)),
    ),
    ...now.tfvars.node_pools.flatMap(({ ami_ids, kind, name }) => {
      if (kind !== "karpenter") return known(name, "chosen by Auto Mode");
      return ami_ids.length > 0 ? [unknown(name, ami_ids.join(", "))] : known(name, "of the release");
    }),
    ...now.tfvars.fargate_profiles.flatMap(({ name }) => known(name, "of Fargate, when a pod starts")),
    ...(hasHybridNodes(now) ? [unknown("hybrid nodes", "your own")] : []),
  ];
}

function imageOf(image: Exclude<NodeGroupPlan["image"], { readonly from: "user" }>): string {
  return image.from === "eks" ? image.releaseVersion : image.name.split("/").slice(-2, -1).join("");
}

/** Returns the effect of a version change on the nodes of each kind. */
export function nodeNotes(before: readonly NodeGroupPlan[], after: readonly NodeGroupPlan[], to: Cluster): string[] {
  const groups = (which: (group: NodeGroupPlan) => boolean): string =>
    after
      .filter(which)
      .map(({ name }) => name)
      .join(", ");
  const release = new Map(before.map(({ image, name }) => [name, image]));
  const isTwice = ({ image, kind, name }: NodeGroupPlan): boolean => {
    const earlier = release.get(name);
    return (
      kind === "managed" &&
      image.from === "eks" &&
      earlier?.from === "eks" &&
      earlier.releaseVersion === image.releaseVersion
    );
  };
  const pools = to.tfvars.node_pools.filter(({ kind }) => kind === "karpenter").map(({ name }) => name);
  const notes: readonly (readonly [string, string])[] = [
    [
      groups(({ image, kind }) => kind === "managed" && image.from === "eks"),
      "EKS replaces the nodes, and drains each by its PodDisruptionBudgets",
    ],
    [
      groups(isTwice),
      "the release pins the same Bottlerocket image, so EKS boots its newest: deploy eks-workers twice (docs/releases.md)",
    ],
    [
      groups(
        ({ image, kind, worker }) =>
          kind === "self_managed" && image.from !== "user" && worker.instance_refresh !== null,
      ),
      "Auto Scaling replaces the nodes by an instance refresh",
    ],
    [
      groups(
        ({ image, kind, worker }) =>
          kind === "self_managed" && image.from !== "user" && worker.instance_refresh === null,
      ),
      "only new nodes have the new image. Set instance_refresh, or replace the nodes yourself",
    ],
    [
      groups(({ image }) => image.from === "user"),
      `boots your own image. Build one with kubelet ${to.tfvars.cluster.kubernetes_version}`,
    ],
    [pools.join(", "), "Karpenter replaces drifted nodes, within the disruption budgets of the pool"],
    [
      to.tfvars.fargate_profiles.map(({ name }) => name).join(", "),
      "pods on Fargate keep their kubelet until they are created again. Restart their workloads",
    ],
    [hasAutoMode(to) ? "Auto Mode" : "", "EKS replaces the nodes by itself, after the control plane"],
    [hasHybridNodes(to) ? "hybrid nodes" : "", "upgrade them with nodeadm upgrade"],
  ];
  return notes.flatMap(([who, what]) => (who === "" ? [] : [`${who}: ${what}`]));
}

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
    ...(hasAutoMode(now) ? now.tfvars.cluster.auto_mode.node_pools : []).flatMap((name) =>
      known(name, "chosen by Auto Mode"),
    ),
    ...(hasHybridNodes(now) ? [unknown("hybrid nodes", "your own")] : []),
  ];
}

function imageOf(image: Exclude<NodeGroupPlan["image"], { readonly from: "user" }>): string {
  return image.from === "eks" ? image.releaseVersion : image.name.split("/").slice(-2, -1).join("");
}

/** Notes about nodes that a step of the upgrade has. */
export interface NodeNotes {
  /** Of nodes that are replaced as soon as the control plane has the new version, whatever is deployed. */
  readonly atOnce: readonly string[];
  /** Of nodes that wait for somebody. */
  readonly later: readonly string[];
}

/** Returns the effect of a version change on the nodes of each kind. */
export function nodeNotes(before: readonly NodeGroupPlan[], after: readonly NodeGroupPlan[], to: Cluster): NodeNotes {
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
  const version = to.tfvars.cluster.kubernetes_version;
  const pools = to.tfvars.node_pools.filter(({ kind }) => kind === "karpenter");
  const names = (which: typeof pools): string => which.map(({ name }) => name).join(", ");
  const atOnce = names(pools.filter(hasReleaseImage));
  const later: readonly (readonly [string, string])[] = [
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
    [groups(({ image }) => image.from === "user"), `boots your own image. Build one with kubelet ${version}`],
    [
      names(pools.filter((pool) => !hasReleaseImage(pool))),
      `boots your own image. Build one with kubelet ${version}, and set ami_ids`,
    ],
    [
      to.tfvars.fargate_profiles.map(({ name }) => name).join(", "),
      "pods on Fargate keep their kubelet until they are created again. Restart their workloads",
    ],
    [hasHybridNodes(to) ? "hybrid nodes" : "", `upgrade each with nodeadm upgrade ${version}`],
  ];
  const noted = (notes: typeof later): string[] =>
    notes.flatMap(([who, what]) => (who === "" ? [] : [`${who}: ${what}`]));
  return {
    atOnce: noted([
      [
        atOnce,
        `Karpenter replaces the nodes from now on, because it boots the image of the control plane's version. To keep them for a rollback, add { nodes: "0", reasons: [Drifted] } to disruption_budgets of the pools and deploy addons before this step`,
      ],
      [hasAutoMode(to) ? "Auto Mode" : "", "EKS replaces the nodes from now on, and replaces them again in a rollback"],
    ]),
    later: noted([...later, [atOnce, "remove the disruption budget, if you added one before the control plane"]]),
  };
}

/** True if Karpenter chooses the image by the version of the control plane. */
export function hasReleaseImage({
  ami_ids,
  kind,
}: Pick<Cluster["tfvars"]["node_pools"][number], "ami_ids" | "kind">): boolean {
  return kind === "karpenter" && ami_ids.length === 0;
}

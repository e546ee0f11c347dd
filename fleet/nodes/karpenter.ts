import type { Definition } from "../model/cluster";

/** True if Karpenter, the addon, runs nodes of this cluster. */
export function hasKarpenter({ tfvars }: Pick<Definition, "tfvars">): boolean {
  return tfvars.addons.karpenter.enabled;
}

/** End of the name of the role of Karpenter's nodes, and of its instance profile, after the cluster's. */
export const KARPENTER_NODE_ROLE = "karpenter-node";

/** The domain of the labels that describe an instance, by the kind of the pool. */
export const INSTANCE_LABELS = { karpenter: "karpenter.k8s.aws", auto_mode: "eks.amazonaws.com" } as const;

import type { Worker } from "../../fleet/cluster";

const PREFIX = "k8s.io/cluster-autoscaler";

/**
 * Tags of an Auto Scaling group by which cluster-autoscaler finds it, and learns what a node of it would be like while it has
 * none. EKS copies neither labels nor taints to the group of a managed node group. A key that is tainted twice, with two
 * effects, keeps the last: a tag has one value.
 */
export function autoscalerTags(
  slug: string,
  { autoscaling, labels, taints }: Worker,
): Readonly<Record<string, string>> {
  if (!autoscaling) return {};
  return {
    [`${PREFIX}/enabled`]: "true",
    [`${PREFIX}/${slug}`]: "owned",
    ...Object.fromEntries(
      Object.entries(labels).map(([key, value]) => [`${PREFIX}/node-template/label/${key}`, value]),
    ),
    ...Object.fromEntries(
      taints.map(({ key, value, effect }) => [`${PREFIX}/node-template/taint/${key}`, `${value}:${effect}`]),
    ),
  };
}

import type { Worker } from "../../fleet/cluster";
import { nodeLabels } from "./node-labels";

const PREFIX = "k8s.io/cluster-autoscaler";
const ENABLED = `${PREFIX}/enabled`;

/**
 * Takes the group of a managed node group from the autoscaler. EKS tags every one for it, and it would resize a group of fixed
 * size too: the autoscaler asks for the tag's value, so another value keeps it away.
 */
export const HANDS_OFF: Readonly<Record<string, string>> = { [ENABLED]: "false" };

/**
 * Tags of an Auto Scaling group by which cluster-autoscaler finds it, and learns what a node of it would be like while it has
 * none. EKS copies neither labels nor taints to the group of a managed node group. A key that is tainted twice, with two
 * effects, keeps the last: a tag has one value.
 */
export function autoscalerTags(slug: string, worker: Worker): Readonly<Record<string, string>> {
  const { autoscaling, taints } = worker;
  if (!autoscaling) return {};
  const disk = podDisk(worker);
  return {
    [ENABLED]: "true",
    [`${PREFIX}/${slug}`]: "owned",
    ...(disk === null ? {} : { [`${PREFIX}/node-template/resources/ephemeral-storage`]: `${usable(disk)}Gi` }),
    ...Object.fromEntries(
      Object.entries(nodeLabels(worker)).map(([key, value]) => [`${PREFIX}/node-template/label/${key}`, value]),
    ),
    ...Object.fromEntries(
      taints.map(({ key, value, effect }) => [`${PREFIX}/node-template/taint/${key}`, `${value}:${effect}`]),
    ),
  };
}

/** GiB of the disk that pods are on; null where nobody said. */
function podDisk({ local_storage_gib, local_storage_strategy, root_volume }: Worker): number | null {
  const local = local_storage_strategy === "RAID0" || local_storage_strategy === "RAID10";
  return local ? local_storage_gib : root_volume.size_gib;
}

/**
 * What pods may have of such a disk: the kubelet evicts at a tenth, keeps a GiB for itself, and the file system takes its share.
 * CPU and memory the autoscaler knows by the instance type; a disk it takes for none.
 */
function usable(gib: number): number {
  return Math.floor(gib * 0.9) - 2;
}

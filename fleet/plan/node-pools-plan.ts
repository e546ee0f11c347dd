import type { InterruptionQueue } from "../../addons/contract/addon-context";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster, Tfvars } from "../model/cluster";
import { AUTO_MODE_ROLES } from "../nodes/auto-mode";
import { interruptionQueue } from "../nodes/interruption-queue";
import { hasKarpenter, KARPENTER_NODE_ROLE } from "../nodes/karpenter";
import { ownerOf } from "./owner";

export type NodePool = Tfvars["node_pools"][number];

/** One pool of nodes. */
export interface NodePoolPlan {
  readonly pool: NodePool;
  /** Zones that nodes can be in. */
  readonly zones: readonly string[];
  /** Alias of the release's image in a NodeClass of Karpenter; null for images by id and for Auto Mode. */
  readonly imageAlias: string | null;
  /** Name of the role of the pool's nodes, and for Karpenter also of their instance profile. */
  readonly nodeRole: string;
}

/** The resources that Karpenter needs in AWS. */
export interface KarpenterPlan {
  /** End of the name of the role of its nodes, after the cluster's. */
  readonly nodeRolePart: string;
  /** ARNs of policies that the definition adds to that role. */
  readonly nodePolicyArns: readonly string[];
  /** Queue that announces the end of its nodes. */
  readonly queue: InterruptionQueue;
}

/** Returns the plan of each of a cluster's node pools, in the order of the definition. */
export function planNodePools(cluster: Cluster): readonly NodePoolPlan[] {
  return cluster.tfvars.node_pools.map((pool) => ({
    pool,
    zones: pool.availability_zones.length === 0 ? cluster.zones : pool.availability_zones,
    imageAlias: pool.kind === "karpenter" && pool.ami_ids.length === 0 ? imageAlias(cluster, pool) : null,
    nodeRole: boundedName(
      cluster.slug,
      pool.kind === "karpenter" ? KARPENTER_NODE_ROLE : AUTO_MODE_ROLES.custom,
      NAME_LIMITS.iam_role,
    ),
  }));
}

/** The release's image and no newer one: `@latest` would replace the nodes of every cluster on the day that AWS publishes another. */
function imageAlias({ release: { kubernetes, name } }: Cluster, { ami_family }: NodePool): string {
  switch (ami_family) {
    case "AL2023":
      return `al2023@v${kubernetes.ami_release_version.split("-")[1] ?? ""}`;
    case "Bottlerocket":
      if (kubernetes.bottlerocket_version === undefined)
        throw new TypeError(`release ${name} pins no image of Bottlerocket`);
      return `bottlerocket@v${kubernetes.bottlerocket_version.split("-")[0] ?? ""}`;
    default:
      return ami_family satisfies never;
  }
}

/** Returns what Karpenter needs in AWS; null if the cluster does not have the addon. */
export function planKarpenter(cluster: Cluster): KarpenterPlan | null {
  if (!hasKarpenter(cluster)) return null;
  return {
    nodeRolePart: KARPENTER_NODE_ROLE,
    nodePolicyArns: cluster.tfvars.addons.karpenter.options.node_policy_arns,
    queue: interruptionQueue(ownerOf(cluster), "karpenter"),
  };
}

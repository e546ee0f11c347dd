import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";
import type { ClusterRef } from "../cluster/cluster-ref";
import { CompositionError } from "../composition-error";
import { ManifestsChart } from "../helm/manifests-chart";
import { releaseSettings } from "../helm/release-settings";
import type { NetworkRef } from "../networking/network-ref";
import { literal, valuesText } from "../values/values-text";
import type { NodePool } from "./node-class-manifest";
import { nodePoolManifests } from "./node-pool-manifests";

export interface NodePoolsProps {
  readonly cluster: Cluster;
  readonly network: Pick<NetworkRef, "subnet_ids" | "zones">;
  readonly eks: Pick<ClusterRef, "node_security_group_id" | "cluster_security_group_id">;
  /** Karpenter, where it runs the pools: it goes only after them, because it ends their nodes. */
  readonly after: readonly ITerraformDependable[];
}

/** The pools of nodes that the definition names; each is a release of its own, so that one can go without the others. */
export class NodePools extends Construct {
  constructor(scope: Construct, id: string, props: NodePoolsProps) {
    super(scope, id);
    const { cluster, after } = props;
    const { node_pools } = cluster.tfvars;
    if (node_pools.length === 0) return;
    const chart = new ManifestsChart(this, "manifests").path;
    for (const pool of node_pools) {
      const manifests = nodePoolManifests(cluster, literal(pool) as NodePool, {
        subnet_ids: this.subnetIds(pool, props),
        security_group_id: securityGroupId(pool, props),
      });
      new Release(this, pool.name, {
        name: `node-pool-${pool.name}`,
        namespace: "kube-system",
        chart,
        values: [valuesText({ manifests }, {})],
        ...releaseSettings(true),
        dependsOn: [...after],
      });
    }
  }

  private subnetIds({ availability_zones, subnet_tier }: NodePool, { network }: NodePoolsProps): string[] {
    return (availability_zones.length === 0 ? network.zones : availability_zones).map((zone) => {
      const id = network.subnet_ids[subnet_tier][zone];
      if (id === undefined) throw new CompositionError(this, `zone ${zone} has no ${subnet_tier} subnet`);
      return id;
    });
  }
}

/** Nodes of Auto Mode have the group that EKS makes; all others have ours. */
function securityGroupId({ kind }: NodePool, { eks }: NodePoolsProps): string {
  return kind === "auto_mode" ? eks.cluster_security_group_id : eks.node_security_group_id;
}

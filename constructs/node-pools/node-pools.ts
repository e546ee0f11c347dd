import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NodePool, NodePoolPlan } from "../../fleet/plan/node-pools-plan";
import type { Owner } from "../../fleet/plan/owner";
import type { ClusterRef } from "../cluster/cluster-ref";
import { CompositionError } from "../composition-error";
import { ManifestsChart } from "../helm/manifests-chart";
import { releaseSettings } from "../helm/release-settings";
import type { NetworkRef } from "../networking/network-ref";
import { literal, valuesText } from "../values/values-text";
import { nodePoolManifests } from "./node-pool-manifests";

export interface NodePoolsProps {
  readonly owner: Owner;
  readonly pools: readonly NodePoolPlan[];
  readonly network: Pick<NetworkRef, "subnet_ids">;
  readonly eks: Pick<ClusterRef, "node_security_group_id" | "cluster_security_group_id">;
  /** Karpenter, if the cluster has it. It is removed after the pools, because it ends their nodes. */
  readonly after: readonly ITerraformDependable[];
}

/** The node pools in the definition. Each is a release of its own, so one can be removed without the others. */
export class NodePools extends Construct {
  constructor(scope: Construct, id: string, props: NodePoolsProps) {
    super(scope, id);
    const { after, owner, pools } = props;
    if (pools.length === 0) return;
    const chart = new ManifestsChart(this, "manifests").path;
    for (const plan of pools) {
      const place = { subnetIds: this.subnetIds(plan, props), securityGroupId: securityGroupId(plan.pool, props) };
      const manifests = nodePoolManifests({ ...plan, pool: literal(plan.pool) as NodePool }, place, owner.tags);
      new Release(this, plan.pool.name, {
        name: `node-pool-${plan.pool.name}`,
        namespace: "kube-system",
        chart,
        values: [valuesText({ manifests }, {})],
        ...releaseSettings(true),
        dependsOn: [...after],
      });
    }
  }

  private subnetIds({ pool: { subnet_tier }, zones }: NodePoolPlan, { network }: NodePoolsProps): string[] {
    return zones.map((zone) => {
      const id = network.subnet_ids[subnet_tier][zone];
      if (id === undefined) throw new CompositionError(this, `zone ${zone} has no ${subnet_tier} subnet`);
      return id;
    });
  }
}

/** Nodes of Auto Mode have the security group that EKS creates. All others have ours. */
function securityGroupId({ kind }: NodePool, { eks }: NodePoolsProps): string {
  return kind === "auto_mode" ? eks.cluster_security_group_id : eks.node_security_group_id;
}

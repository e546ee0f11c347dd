import { Construct } from "constructs";
import { isProvided } from "../../fleet/addons/cluster-services";
import type { Cluster } from "../../fleet/model/cluster";
import { nodeGroups } from "../../fleet/nodes/node-groups";
import { workerKind } from "../../fleet/nodes/worker-kind";
import type { ClusterRef } from "../cluster/cluster-ref";
import { CompositionError } from "../composition-error";
import type { NetworkRef } from "../networking/network-ref";
import { InterruptionQueue } from "../node-pools/interruption-queue";
import { FargateProfiles } from "./fargate-profiles";
import { ManagedNodeGroup } from "./managed-node-group";
import type { NodeGroup, NodeGroupProps } from "./node-group";
import { SelfManagedNodeGroup } from "./self-managed-node-group";
import type { WorkersRef } from "./workers-ref";

export interface WorkersProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
  readonly eks: ClusterRef;
}

/** Every group of nodes that the definition names. */
export class Workers extends Construct {
  readonly ref: WorkersRef;

  constructor(scope: Construct, id: string, props: WorkersProps) {
    super(scope, id);
    const { tfvars } = props.cluster;
    if (isProvided("node_draining", tfvars)) {
      new InterruptionQueue(this, "interruption-queue", { cluster: props.cluster, reader: "node-termination-handler" });
    }
    const groups = props.cluster.tfvars.workers
      .flatMap((worker) => nodeGroups(worker, props.network.zones))
      .map((worker) => ({ name: worker.name, group: this.group({ ...props, worker }) }));
    if (tfvars.fargate_profiles.length > 0) new FargateProfiles(this, "fargate", props);
    this.ref = {
      auto_scaling_group_names: Object.fromEntries(groups.map(({ name, group }) => [name, group.autoScalingGroupName])),
      node_role_arns: Object.fromEntries(groups.map(({ name, group }) => [name, group.role.arn])),
    };
  }

  private group(props: NodeGroupProps): NodeGroup {
    const kind = workerKind(props.worker);
    switch (kind) {
      case "managed":
        return new ManagedNodeGroup(this, props.worker.name, props);
      case "self_managed":
        return new SelfManagedNodeGroup(this, props.worker.name, props);
      default: {
        const unknown: never = kind;
        throw new CompositionError(this, `workers cannot be of kind ${unknown}`);
      }
    }
  }
}

import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NodeGroupsPlan } from "../../fleet/plan/node-groups-plan";
import type { Owner } from "../../fleet/plan/owner";
import type { ClusterRef } from "../cluster/cluster-ref";
import type { NetworkRef } from "../networking/network-ref";
import { InterruptionQueue } from "../node-pools/interruption-queue";
import { FargateProfiles } from "./fargate-profiles";
import { ManagedNodeGroup } from "./managed-node-group";
import type { NodeGroup, NodeGroupProps } from "./node-group";
import { SelfManagedNodeGroup } from "./self-managed-node-group";
import type { WorkersRef } from "./workers-ref";

export interface WorkersProps {
  readonly owner: Owner;
  readonly plan: NodeGroupsPlan;
  readonly network: NetworkRef;
  readonly eks: ClusterRef;
  /** Resources that must exist before the first node, besides the control plane. */
  readonly after: readonly ITerraformDependable[];
}

/** Every group of nodes and every Fargate profile in the definition. */
export class Workers extends Construct {
  readonly ref: WorkersRef;

  constructor(scope: Construct, id: string, { plan, ...props }: WorkersProps) {
    super(scope, id);
    const { owner } = props;
    const drained = plan.terminationQueue !== null;
    if (plan.terminationQueue !== null) {
      new InterruptionQueue(this, "interruption-queue", { slug: owner.slug, queue: plan.terminationQueue });
    }
    const groups = plan.groups.map((group) => ({ name: group.name, built: this.group({ ...props, group }, drained) }));
    if (plan.fargateProfiles.length > 0) {
      new FargateProfiles(this, "fargate", { ...props, profiles: plan.fargateProfiles });
    }
    this.ref = {
      auto_scaling_group_names: Object.fromEntries(groups.map(({ name, built }) => [name, built.autoScalingGroupName])),
      node_role_arns: Object.fromEntries(groups.map(({ name, built }) => [name, built.role.arn])),
    };
  }

  private group(props: NodeGroupProps, drained: boolean): NodeGroup {
    const { kind, name } = props.group;
    switch (kind) {
      case "managed":
        return new ManagedNodeGroup(this, name, props);
      case "self_managed":
        return new SelfManagedNodeGroup(this, name, { ...props, drained });
      default:
        return kind satisfies never;
    }
  }
}

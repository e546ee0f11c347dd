import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Worker } from "../../fleet/model/cluster";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import type { Owner } from "../../fleet/plan/owner";
import type { ClusterRef } from "../cluster/cluster-ref";
import type { NetworkRef } from "../networking/network-ref";
import { FabricSecurityGroup } from "./node-interfaces";
import type { NodeRole } from "./node-role";
import { RemoteAccess } from "./remote-access";

/** Props of a group of nodes of either kind. */
export interface NodeGroupProps {
  readonly owner: Owner;
  readonly group: NodeGroupPlan;
  readonly network: NetworkRef;
  readonly eks: ClusterRef;
  /** Resources that must exist before the first node, besides the control plane. */
  readonly after: readonly ITerraformDependable[];
}

/** Facts about a group of nodes that other resources refer to. */
export interface NodeGroup {
  readonly autoScalingGroupName: string;
  readonly role: NodeRole;
}

/** Creates the security groups of this group of nodes alone: for its Elastic Fabric Adapters, and for remote access. */
export function ownSecurityGroupIds(scope: Construct, { group, network, owner }: NodeGroupProps): string[] {
  const { efa_interface_count, remote_access: access } = group.worker;
  const props = { slug: owner.slug, group, vpcId: network.vpc_id };
  return [
    ...(efa_interface_count === null ? [] : [new FabricSecurityGroup(scope, "efa", props).groupId]),
    ...(access === null ? [] : [new RemoteAccess(scope, "remote-access", { ...props, access }).groupId]),
  ];
}

/** Returns the sizes that scheduled actions set once the group exists. */
export function scheduledSizes({ scheduled_scaling }: Worker): ("min_size" | "max_size" | "desired_size")[] {
  const scheduled = (size: "min_size" | "max_size") => scheduled_scaling.some((action) => action[size] !== undefined);
  return [
    ...(scheduled_scaling.length > 0 ? (["desired_size"] as const) : []), // another minimum or maximum changes it too
    ...(scheduled("min_size") ? (["min_size"] as const) : []),
    ...(scheduled("max_size") ? (["max_size"] as const) : []),
  ];
}

/** Returns a part of a `lifecycle` that ignores changes at some paths. */
export function ignored(paths: string[]): { ignoreChanges?: string[] } {
  return paths.length === 0 ? {} : { ignoreChanges: paths };
}

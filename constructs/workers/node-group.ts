import type { Construct } from "constructs";
import type { Cluster, Worker } from "../../fleet/model/cluster";
import type { ClusterRef } from "../cluster/cluster-ref";
import { CompositionError } from "../composition-error";
import type { NetworkRef } from "../networking/network-ref";
import { FabricSecurityGroup } from "./node-interfaces";
import type { NodeRole } from "./node-role";
import { RemoteAccess } from "./remote-access";

/** What a group of nodes is made of, whatever its kind. */
export interface NodeGroupProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
  readonly eks: ClusterRef;
  readonly worker: Worker;
}

/** What there is of a group of nodes once it exists. */
export interface NodeGroup {
  readonly autoScalingGroupName: string;
  readonly role: NodeRole;
}

/** The zones that the group names, or all of the network's. */
export function nodeZones({ network, worker }: NodeGroupProps): readonly string[] {
  return worker.availability_zones.length === 0 ? network.zones : worker.availability_zones;
}

/** The group's subnets, one of each of its zones. */
export function nodeSubnetIds(scope: Construct, props: NodeGroupProps): string[] {
  const { network, worker } = props;
  return nodeZones(props).map((zone) => {
    const subnetId = network.subnet_ids[worker.subnet_tier][zone];
    if (subnetId === undefined) {
      throw new CompositionError(
        scope,
        `zone ${zone} has no ${worker.subnet_tier} subnet: ${network.zones.join(", ")}`,
      );
    }
    return subnetId;
  });
}

/** Nodes at the start; where nothing scales the group, nodes at all times. */
export function desiredSize({ autoscaling, desired_size, min_size }: Worker): number {
  return autoscaling ? min_size : (desired_size ?? min_size);
}

/** Security groups that are made for this group of nodes alone: of its Elastic Fabric Adapters, and of who reaches it. */
export function ownSecurityGroupIds(scope: Construct, { cluster, network, worker }: NodeGroupProps): string[] {
  const { efa_interface_count, remote_access: access } = worker;
  const props = { cluster, worker, vpcId: network.vpc_id };
  return [
    ...(efa_interface_count === null ? [] : [new FabricSecurityGroup(scope, "efa", props).groupId]),
    ...(access === null ? [] : [new RemoteAccess(scope, "remote-access", { ...props, access }).groupId]),
  ];
}

/** The sizes that scheduled actions set once the group exists. */
export function sizesOfOthers({ scheduled_scaling }: Worker): ("min_size" | "max_size" | "desired_size")[] {
  const scheduled = (size: "min_size" | "max_size") => scheduled_scaling.some((action) => action[size] !== undefined);
  return [
    ...(scheduled_scaling.length > 0 ? (["desired_size"] as const) : []), // another minimum or maximum moves it too
    ...(scheduled("min_size") ? (["min_size"] as const) : []),
    ...(scheduled("max_size") ? (["max_size"] as const) : []),
  ];
}

/** As a part of a `lifecycle`. */
export function ignored(paths: string[]): { ignoreChanges?: string[] } {
  return paths.length === 0 ? {} : { ignoreChanges: paths };
}

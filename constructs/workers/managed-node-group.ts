import { AutoscalingGroupTagA as AutoscalingGroupTag } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { EksNodeGroup, type EksNodeGroupConfig } from "@cdktf/provider-aws/lib/eks-node-group";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS, shortHash } from "../../aws/names";
import type { Cluster, Taint, Worker } from "../../fleet/model/cluster";
import { subnetSeed } from "../../fleet/network/subnets";
import { buysSpot } from "../../fleet/nodes/worker-kind";
import { given } from "../../language/given";
import { CompositionError } from "../composition-error";
import { autoscalerTags, HANDS_OFF } from "./autoscaler-tags";
import {
  desiredSize,
  ignored,
  type NodeGroup,
  type NodeGroupProps,
  nodeSubnetIds,
  nodeZones,
  ownSecurityGroupIds,
  sizesOfOthers,
} from "./node-group";
import { releaseVersion } from "./node-image";
import { nodeLabels } from "./node-labels";
import { NodeLaunchTemplate } from "./node-launch-template";
import { type NodeRole, nodeRole } from "./node-role";
import { nodeUserData } from "./node-user-data";
import { scaledSize } from "./scaled-size";
import { scheduleSizes } from "./scheduled-sizes";

/** Definitions speak Kubernetes; the EKS API spells the same effects its own way. */
const TAINT_EFFECT: Readonly<Record<Taint["effect"], string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

/** A group that EKS rolls, drains and repairs; its construct id is the worker's name in the definition. */
export class ManagedNodeGroup extends Construct implements NodeGroup {
  readonly autoScalingGroupName: string;
  readonly role: NodeRole;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { cluster, eks, worker } = props;

    this.role = nodeRole(this, "node", props);
    const template = this.template(props);
    const name = nodeGroupName(cluster, worker, nodeZones(props));
    // Where something scales the group, an apply must not scale it back.
    const desired = isScaled(worker) ? scaledSize(this, eks.name, name, worker) : desiredSize(worker);
    const group = new EksNodeGroup(this, "Resource", {
      clusterName: eks.name,
      nodeGroupName: name,
      nodeRoleArn: this.role.arn,
      subnetIds: nodeSubnetIds(this, props),
      ...this.image(props),
      capacityType: capacityType(worker),
      // EKS takes the types from one of the two only; a block's template names its own.
      ...(capacityType(worker) === "CAPACITY_BLOCK" || worker.launch_template?.has_instance_type === true
        ? {}
        : { instanceTypes: [...worker.instance_types] }),
      launchTemplate: template,
      scalingConfig: { minSize: worker.min_size, desiredSize: desired, maxSize: worker.max_size },
      updateConfig:
        worker.max_unavailable === null
          ? { maxUnavailablePercentage: worker.max_unavailable_percentage }
          : { maxUnavailable: worker.max_unavailable },
      ...(worker.force_update_version ? { forceUpdateVersion: true } : {}),
      ...nodeRepair(worker),
      labels: { ...nodeLabels(worker) },
      taint: worker.taints.map(({ key, value, effect }) => ({ key, value, effect: TAINT_EFFECT[effect] })),
      ...(Object.keys(worker.group_tags).length === 0 ? {} : { tags: { ...worker.group_tags } }),
      dependsOn: [...this.role.ready],
      lifecycle: {
        createBeforeDestroy: true,
        ...ignored(sizesOfOthers(worker).map((size) => `scaling_config[0].${size}`)),
      },
    });
    this.autoScalingGroupName = group.resources.get(0).autoscalingGroups.get(0).name;
    scheduleSizes(this, worker, this.autoScalingGroupName);

    const tags = {
      ...(worker.autoscaling ? autoscalerTags(cluster.slug, worker) : HANDS_OFF),
      ...worker.group_tags,
    };
    for (const [key, value] of Object.entries(tags)) {
      new AutoscalingGroupTag(this, `tag-${key}`, {
        autoscalingGroupName: this.autoScalingGroupName,
        tag: { key, value, propagateAtLaunch: false }, // the autoscaler reads the group's tags, not the instances'
      });
    }
  }

  /** The one that is made for the group, or one that exists. */
  private template(props: NodeGroupProps): { readonly id: string; readonly version: string } {
    const { cluster, eks, worker } = props;
    if (worker.launch_template !== null) {
      return { id: worker.launch_template.id, version: String(worker.launch_template.version) };
    }
    const { templateId, version } = new NodeLaunchTemplate(this, "launch-template", {
      cluster,
      eks,
      worker,
      imageId: worker.ami_id ?? undefined,
      userData: nodeUserData(props, worker.ami_type === "CUSTOM"),
      ownSecurityGroupIds: ownSecurityGroupIds(this, props),
    });
    return { id: templateId, version };
  }

  /** Of an image of the user's own EKS wants to be told nothing: version and all are the image's. */
  private image({ cluster, eks, worker }: NodeGroupProps) {
    if (worker.ami_type === "CUSTOM") return {};
    const release = releaseVersion(worker, cluster.release.kubernetes);
    if (release === undefined) {
      throw new CompositionError(this, `release ${cluster.release.name} pins no image for ${worker.ami_type}`);
    }
    return { version: eks.kubernetes_version, releaseVersion: release, amiType: worker.ami_type };
  }
}

/** By the autoscaler alone; what actions set is left to them, and with it the number of nodes. */
function isScaled({ autoscaling, scheduled_scaling }: Worker): boolean {
  return autoscaling && scheduled_scaling.length === 0;
}

function capacityType(worker: Worker): Worker["capacity_type"] {
  return buysSpot(worker) ? "SPOT" : worker.capacity_type;
}

function nodeRepair({ node_repair }: Worker): Pick<EksNodeGroupConfig, "nodeRepairConfig"> {
  if (node_repair === null) return {};
  const { overrides = [], ...thresholds } = node_repair;
  const spelled = {
    enabled: true,
    maxUnhealthyNodeThresholdCount: thresholds.max_unhealthy_node_threshold_count,
    maxUnhealthyNodeThresholdPercentage: thresholds.max_unhealthy_node_threshold_percentage,
    maxParallelNodesRepairedCount: thresholds.max_parallel_nodes_repaired_count,
    maxParallelNodesRepairedPercentage: thresholds.max_parallel_nodes_repaired_percentage,
    nodeRepairConfigOverrides: overrides.map((override) => ({
      nodeMonitoringCondition: override.node_monitoring_condition,
      nodeUnhealthyReason: override.node_unhealthy_reason,
      minRepairWaitTimeMins: override.min_repair_wait_time_mins,
      repairAction: override.repair_action,
    })),
  };
  return { nodeRepairConfig: given(spelled) };
}

/**
 * The worker's name and a hash of what EKS cannot change in a group that exists: a change of one of these makes another group
 * first, under another name, and then removes the old one. The provider's list is ami_type, capacity_type, cluster_name,
 * disk_size, instance_types, launch_template.id and .name, node_group_name, node_role_arn, remote_access and subnet_ids. Names of
 * cluster, role and template follow from the worker's, but for a role or a template that was there; disk_size and remote_access are not used;
 * subnets are a set, which ranges stand for, because another range is another subnet. An image of the user's own is a part of the
 * template, and the group rolls when it changes; that there is one is the group's, by its ami_type. A block of capacity has its instance type in the template, where EKS changes it
 * in place.
 */
function nodeGroupName(cluster: Cluster, worker: Worker, zones: readonly string[]): string {
  const ranges = zones.map((zone) => `${zone}=${subnetSeed(cluster, worker.subnet_tier, zone)}`).sort();
  const bought =
    worker.capacity_type === "CAPACITY_BLOCK" ? [worker.capacity_type, []] : [buysSpot(worker), worker.instance_types];
  const role = worker.iam_role_arn === null ? [] : [{ iam_role_arn: worker.iam_role_arn }];
  const template = worker.launch_template === null ? [] : [{ launch_template: worker.launch_template.id }];
  const fixed = [worker.ami_type, ...bought, ranges, ...role, ...template];
  return boundedName(worker.name, shortHash(JSON.stringify([cluster.slug, ...fixed])), NAME_LIMITS.eks_node_group);
}

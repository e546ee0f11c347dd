import { AutoscalingGroupTagA as AutoscalingGroupTag } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { EksNodeGroup, type EksNodeGroupConfig } from "@cdktf/provider-aws/lib/eks-node-group";
import { Construct } from "constructs";
import { operatingSystemOf } from "../../aws/ami";
import type { Taint, Worker } from "../../fleet/model/cluster";
import { startSize } from "../../fleet/nodes/start-size";
import { buysSpot } from "../../fleet/nodes/worker-kind";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import { given } from "../../language/given";
import type { ClusterRef } from "../cluster/cluster-ref";
import { autoscalerTags, HANDS_OFF } from "./autoscaler-tags";
import { ignored, type NodeGroup, type NodeGroupProps, ownSecurityGroupIds, scheduledSizes } from "./node-group";
import { NodeLaunchTemplate } from "./node-launch-template";
import { type NodeRole, nodeRole } from "./node-role";
import { nodeSubnetIds } from "./node-subnets";
import { nodeUserData } from "./node-user-data";
import { scaledSize } from "./scaled-size";
import { scheduleSizes } from "./scheduled-sizes";

/** The EKS API's spelling of Kubernetes' taint effects. */
const TAINT_EFFECT: Readonly<Record<Taint["effect"], string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

/** A group that EKS rolls, drains and repairs. Its construct id is the group's name. */
export class ManagedNodeGroup extends Construct implements NodeGroup {
  readonly autoScalingGroupName: string;
  readonly role: NodeRole;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { eks, group: plan, owner } = props;
    const { worker } = plan;

    this.role = nodeRole(this, owner, plan);
    const template = this.template(props);
    const name = plan.names.group;
    // If something scales the group, an apply must not scale it back.
    const desired = isScaled(worker) ? scaledSize(this, eks.name, name, worker) : startSize(worker);
    const group = new EksNodeGroup(this, "Resource", {
      clusterName: eks.name,
      nodeGroupName: name,
      nodeRoleArn: this.role.arn,
      subnetIds: nodeSubnetIds(this, props),
      ...imageOf(plan, eks),
      capacityType: capacityType(worker),
      // EKS accepts types from the group or from its template only; the template of a capacity block names its type.
      ...(capacityType(worker) !== "CAPACITY_BLOCK" &&
        worker.launch_template?.has_instance_type !== true && { instanceTypes: [...worker.instance_types] }),
      launchTemplate: template,
      scalingConfig: { minSize: worker.min_size, desiredSize: desired, maxSize: worker.max_size },
      updateConfig:
        worker.max_unavailable === null
          ? { maxUnavailablePercentage: worker.max_unavailable_percentage }
          : { maxUnavailable: worker.max_unavailable },
      ...(worker.force_update_version && { forceUpdateVersion: true }),
      ...nodeRepair(worker),
      labels: { ...plan.labels },
      taint: worker.taints.map(({ key, value, effect }) => ({ key, value, effect: TAINT_EFFECT[effect] })),
      ...(Object.keys(worker.group_tags).length > 0 && { tags: { ...worker.group_tags } }),
      dependsOn: [...this.role.ready, ...props.after],
      lifecycle: {
        createBeforeDestroy: true,
        ...ignored(scheduledSizes(worker).map((size) => `scaling_config[0].${size}`)),
      },
    });
    this.autoScalingGroupName = group.resources.get(0).autoscalingGroups.get(0).name;
    scheduleSizes(this, worker, this.autoScalingGroupName);

    const tags = {
      ...(worker.autoscaling ? autoscalerTags(owner.slug, plan) : HANDS_OFF),
      ...worker.group_tags,
    };
    for (const [key, value] of Object.entries(tags)) {
      new AutoscalingGroupTag(this, `tag-${key}`, {
        autoscalingGroupName: this.autoScalingGroupName,
        tag: { key, value, propagateAtLaunch: false }, // the autoscaler reads the group's tags, not the instances'
      });
    }
  }

  /** Returns the launch template that the definition names, or creates one. */
  private template(props: NodeGroupProps): { readonly id: string; readonly version: string } {
    const { eks, group, owner } = props;
    const { image, worker } = group;
    if (worker.launch_template !== null) {
      return { id: worker.launch_template.id, version: String(worker.launch_template.version) };
    }
    const { templateId, version } = new NodeLaunchTemplate(this, "launch-template", {
      owner,
      group,
      imageId: image.from === "user" ? (image.id ?? undefined) : undefined,
      userData: nodeUserData(group, eks, image.from === "user"),
      securityGroupIds: [eks.node_security_group_id, ...ownSecurityGroupIds(this, props)],
    });
    return { id: templateId, version };
  }
}

/** EKS accepts no version for a user's own image. */
function imageOf({ image, worker }: NodeGroupPlan, eks: ClusterRef) {
  if (image.from !== "eks") return {};
  return { version: eks.kubernetes_version, releaseVersion: image.releaseVersion, amiType: worker.ami_type };
}

/** True if only the autoscaler scales the group. Scheduled actions keep the sizes that they set, and the number of nodes with them. */
function isScaled({ autoscaling, scheduled_scaling }: Worker): boolean {
  return autoscaling && scheduled_scaling.length === 0;
}

function capacityType(worker: Worker): Worker["capacity_type"] {
  return buysSpot(worker) ? "SPOT" : worker.capacity_type;
}

function nodeRepair(worker: Worker): Pick<EksNodeGroupConfig, "nodeRepairConfig"> {
  const { node_repair } = worker;
  if (node_repair === null || operatingSystemOf(worker) === "WINDOWS") return {};
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

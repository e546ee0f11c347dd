import { AutoscalingGroup, type AutoscalingGroupConfig } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";
import { operatingSystemOf } from "../../aws/ami";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import { isProvided } from "../../fleet/addons/cluster-services";
import type { Cluster, Worker } from "../../fleet/model/cluster";
import { buysSpot, excludesMix } from "../../fleet/nodes/worker-kind";
import { ownershipTags } from "../cluster/ownership-tags";
import { CompositionError } from "../composition-error";
import { groupSettings, instanceRefresh, warmPool } from "./auto-scaling-settings";
import { autoscalerTags } from "./autoscaler-tags";
import { lifecycleHooks } from "./lifecycle-hooks";
import { mixedInstances } from "./mixed-instances";
import {
  desiredSize,
  ignored,
  type NodeGroup,
  type NodeGroupProps,
  nodeSubnetIds,
  ownSecurityGroupIds,
  sizesOfOthers,
} from "./node-group";
import { imageParameter } from "./node-image";
import { NodeLaunchTemplate } from "./node-launch-template";
import { type NodeRole, nodeRole, nodeRoleName } from "./node-role";
import { nodeUserData } from "./node-user-data";
import { scheduleSizes } from "./scheduled-sizes";

/** Seconds that a new node may take to boot before a failed check counts. */
const GRACE_PERIOD = 300;

/** Seconds that a node has to be drained before it ends. */
const TERMINATION_HEARTBEAT = 300;

/**
 * An Auto Scaling group of our own: it can bid a price and mix on-demand with spot, which managed groups cannot. EKS does not
 * drain its nodes when they are replaced: aws_node_termination_handler does, and without it what runs here must stand to lose a
 * node.
 */
export class SelfManagedNodeGroup extends Construct implements NodeGroup {
  readonly autoScalingGroupName: string;
  readonly role: NodeRole;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { cluster, eks, worker } = props;

    this.role = nodeRole(this, "self-managed-node", props);
    // EKS makes this entry for its managed groups only; without it the API server knows no such node.
    const entry = new EksAccessEntry(this, "access-entry", {
      clusterName: eks.name,
      principalArn: this.role.arn,
      type: operatingSystemOf(worker) === "WINDOWS" ? "EC2_WINDOWS" : "EC2_LINUX",
    });
    const template = new NodeLaunchTemplate(this, "launch-template", {
      cluster,
      eks,
      worker,
      imageId: this.imageId(props),
      userData: nodeUserData(props, true),
      instanceProfileArn: worker.instance_profile_arn ?? this.instanceProfile(props),
      ownSecurityGroupIds: ownSecurityGroupIds(this, props),
    });
    const group = new AutoscalingGroup(this, "Resource", {
      // Nothing but another name replaces a group, so a name of its own does not stand in the way of a replacement.
      name: boundedName(cluster.slug, worker.name, NAME_LIMITS.auto_scaling_group),
      vpcZoneIdentifier: nodeSubnetIds(this, props),
      minSize: worker.min_size,
      maxSize: worker.max_size,
      // Left out, the group starts at min_size, and Terraform leaves the size to the autoscaler.
      ...(worker.autoscaling ? {} : { desiredCapacity: desiredSize(worker) }),
      ...instances(worker, template),
      ...processes(worker),
      ...groupSettings(worker),
      capacityRebalance: buysSpot(worker), // the replacement starts when a spot node is likely to go, not when it is gone
      healthCheckType: worker.health_check_type,
      healthCheckGracePeriod: worker.health_check_grace_period_seconds ?? GRACE_PERIOD,
      instanceRefresh: instanceRefresh(worker),
      tag: groupTags(cluster, worker),
      dependsOn: [...this.role.ready, entry],
      ...ignoredSizes(worker),
    });
    this.autoScalingGroupName = group.name;
    scheduleSizes(this, worker, this.autoScalingGroupName);
    lifecycleHooks(this, worker, this.autoScalingGroupName);
    if (isProvided("node_draining", cluster.tfvars)) {
      new AutoscalingLifecycleHook(this, "termination-hook", {
        name: "drain",
        autoscalingGroupName: this.autoScalingGroupName,
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout: worker.termination_heartbeat_seconds ?? TERMINATION_HEARTBEAT,
        defaultResult: "CONTINUE", // a node that nobody drained ends all the same
      });
    }
  }

  private instanceProfile(props: NodeGroupProps): string {
    const { iam } = props.cluster.tfvars.common;
    const own = props.worker.iam_role_arn === null;
    return new IamInstanceProfile(this, "instance-profile", {
      name: own ? this.role.name : nodeRoleName(props, "self-managed-node"),
      ...(iam.path === "/" ? {} : { path: iam.path }),
      role: this.role.name,
    }).arn;
  }

  /**
   * Looked up by the plan. `resolve:ssm:` in the template leaves it to each start of an instance, where a missing image is noticed
   * too late, and Auto Scaling neither takes it in every mixed group nor refreshes by a parameter of any type.
   */
  private imageId({ cluster, eks, worker }: NodeGroupProps): string {
    if (worker.ami_id !== null) return worker.ami_id;
    const name = imageParameter(worker, eks.kubernetes_version, cluster.release.kubernetes);
    if (name === undefined) throw new CompositionError(this, `${worker.ami_type} has no image that stays the same`);
    return new DataAwsSsmParameter(this, "image", { name }).insecureValue; // public, so nothing that a plan must hide
  }
}

/** A mix also of one type, but where Auto Scaling takes the template alone. */
function instances(worker: Worker, template: NodeLaunchTemplate): Partial<AutoscalingGroupConfig> {
  if (!excludesMix(worker)) return { mixedInstancesPolicy: mixedInstances(worker, template) };
  return {
    launchTemplate: { id: template.templateId, version: template.version },
    ...(worker.warm_pool === null ? {} : { warmPool: warmPool(worker.warm_pool) }),
  };
}

function processes({ autoscaling, suspended_processes }: Worker): Partial<AutoscalingGroupConfig> {
  // After the autoscaler has drained and removed a node, Auto Scaling would even out the zones, and end others undrained.
  const suspended = new Set([...(autoscaling ? ["AZRebalance"] : []), ...suspended_processes]);
  return suspended.size === 0 ? {} : { suspendedProcesses: [...suspended] };
}

function ignoredSizes(worker: Worker): Partial<AutoscalingGroupConfig> {
  const paths = sizesOfOthers(worker).map((size) => (size === "desired_size" ? "desired_capacity" : size));
  return paths.length === 0 ? {} : { lifecycle: ignored(paths) };
}

/** Whose nodes these are, on group and nodes; the rest is read from the group, and nodes get theirs by the launch template. */
function groupTags(cluster: Cluster, worker: Worker) {
  const { slug } = cluster;
  const onNodesToo: Readonly<Record<string, string>> = {
    Name: worker.instance_name ?? boundedName(slug, worker.name, NAME_LIMITS.auto_scaling_group),
    [`kubernetes.io/cluster/${slug}`]: "owned",
    [`k8s.io/cluster/${slug}`]: "owned",
  };
  const handled = isProvided("node_draining", cluster.tfvars) ? { "aws-node-termination-handler/managed": "true" } : {};
  const all = {
    ...ownershipTags(cluster),
    ...autoscalerTags(slug, worker),
    ...worker.group_tags,
    ...handled,
    ...onNodesToo,
  };
  return Object.entries(all).map(([key, value]) => ({ key, value, propagateAtLaunch: key in onNodesToo }));
}

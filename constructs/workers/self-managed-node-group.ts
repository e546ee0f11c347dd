import { AutoscalingGroup, type AutoscalingGroupConfig } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";
import type { Worker } from "../../fleet/model/cluster";
import { startSize } from "../../fleet/nodes/start-size";
import { buysSpot, excludesMix } from "../../fleet/nodes/worker-kind";
import { given } from "../../language/given";
import { inKeyOrder } from "../../language/plain-map";
import { CompositionError } from "../composition-error";
import { roleName, rolePath } from "../iam/role";
import { groupSettings, instanceRefresh, warmPool } from "./auto-scaling-settings";
import { autoscalerTags } from "./autoscaler-tags";
import { lifecycleHooks } from "./lifecycle-hooks";
import { mixedInstances } from "./mixed-instances";
import { ignored, type NodeGroup, type NodeGroupProps, ownSecurityGroupIds, scheduledSizes } from "./node-group";
import { NodeLaunchTemplate } from "./node-launch-template";
import { type NodeRole, nodeRole } from "./node-role";
import { nodeSubnetIds } from "./node-subnets";
import { nodeUserData } from "./node-user-data";
import { scheduleSizes } from "./scheduled-sizes";

/** Seconds that a new node has to boot before a failed health check counts. */
const GRACE_PERIOD = 300;

/** Seconds for the drain of a node before it ends. */
const TERMINATION_HEARTBEAT = 300;

export interface SelfManagedNodeGroupProps extends NodeGroupProps {
  /** True if an addon drains nodes before they end. */
  readonly drained: boolean;
}

/**
 * An Auto Scaling group without EKS. It can bid a price and mix on-demand with spot, which managed groups cannot. EKS does not drain
 * its nodes before they are replaced: aws_node_termination_handler does. Without that addon, workloads here must tolerate the sudden
 * loss of a node.
 */
export class SelfManagedNodeGroup extends Construct implements NodeGroup {
  readonly autoScalingGroupName: string;
  readonly role: NodeRole;

  constructor(scope: Construct, id: string, props: SelfManagedNodeGroupProps) {
    super(scope, id);
    const { drained, eks, group: plan, owner } = props;
    const { worker } = plan;

    this.role = nodeRole(this, owner, plan);
    // EKS creates this entry for its managed groups only. Without it, the API server rejects the nodes.
    const entry = new EksAccessEntry(this, "access-entry", {
      clusterName: eks.name,
      principalArn: this.role.arn,
      type: plan.operatingSystem === "WINDOWS" ? "EC2_WINDOWS" : "EC2_LINUX",
    });
    const template = new NodeLaunchTemplate(this, "launch-template", {
      owner,
      group: plan,
      imageId: this.imageId(props),
      userData: nodeUserData(plan, eks, true),
      instanceProfileArn: worker.instance_profile_arn ?? this.instanceProfile(props),
      securityGroupIds: [eks.node_security_group_id, ...ownSecurityGroupIds(this, props)],
    });
    const group = new AutoscalingGroup(this, "Resource", {
      // Only another name replaces a group, so a fixed name never blocks a replacement.
      name: plan.names.group,
      vpcZoneIdentifier: nodeSubnetIds(this, props),
      minSize: worker.min_size,
      maxSize: worker.max_size,
      // If it is absent, the group starts at min_size, and Terraform leaves the size to the autoscaler.
      ...((!worker.autoscaling || worker.desired_size !== null) && { desiredCapacity: startSize(worker) }),
      ...instances(worker, template),
      ...processes(worker),
      ...groupSettings(worker),
      capacityRebalance: buysSpot(worker), // the replacement starts when a spot node is likely to end, not after it has ended
      healthCheckType: worker.health_check_type,
      healthCheckGracePeriod: worker.health_check_grace_period_seconds ?? GRACE_PERIOD,
      instanceRefresh: instanceRefresh(worker),
      tag: groupTags(props),
      dependsOn: [...this.role.ready, entry, ...props.after],
      ...ignoredSizes(worker),
    });
    this.autoScalingGroupName = group.name;
    scheduleSizes(this, worker, this.autoScalingGroupName);
    lifecycleHooks(this, worker, this.autoScalingGroupName);
    if (drained) {
      new AutoscalingLifecycleHook(this, "termination-hook", {
        name: "drain",
        autoscalingGroupName: this.autoScalingGroupName,
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout: worker.termination_heartbeat_seconds ?? TERMINATION_HEARTBEAT,
        defaultResult: "CONTINUE", // a node that was not drained ends anyway
      });
    }
  }

  private instanceProfile({ group, owner }: NodeGroupProps): string {
    const own = group.worker.iam_role_arn === null;
    return new IamInstanceProfile(this, "instance-profile", {
      name: own ? this.role.name : roleName(owner.slug, group.names.rolePart),
      ...given({ path: rolePath(owner) }),
      role: this.role.name,
    }).arn;
  }

  private imageId({ group: { image } }: NodeGroupProps): string | undefined {
    switch (image.from) {
      case "user":
        return image.id ?? undefined;
      case "parameter":
        return new DataAwsSsmParameter(this, "image", { name: image.name }).insecureValue; // public, so nothing that a plan must hide
      case "eks":
        throw new CompositionError(this, "EKS finds images for managed groups only");
      default:
        return image satisfies never;
    }
  }
}

/** Returns a mix of instances, even of one type; or the template alone if Auto Scaling accepts no mix. */
function instances(worker: Worker, template: NodeLaunchTemplate): Partial<AutoscalingGroupConfig> {
  if (!excludesMix(worker)) return { mixedInstancesPolicy: mixedInstances(worker, template) };
  return {
    launchTemplate: { id: template.templateId, version: template.version },
    ...(worker.warm_pool !== null && { warmPool: warmPool(worker.warm_pool) }),
  };
}

function processes({ autoscaling, suspended_processes }: Worker): Partial<AutoscalingGroupConfig> {
  // After the autoscaler removes a node, Auto Scaling would balance the zones, and end other nodes without a drain.
  const suspended = new Set([...(autoscaling ? ["AZRebalance"] : []), ...suspended_processes]);
  return suspended.size === 0 ? {} : { suspendedProcesses: [...suspended] };
}

function ignoredSizes(worker: Worker): Partial<AutoscalingGroupConfig> {
  const scheduled = scheduledSizes(worker).map((size) => (size === "desired_size" ? "desired_capacity" : size));
  // With the autoscaler, the size in the definition is only that of a new group.
  const scaled = worker.autoscaling && worker.desired_size !== null ? ["desired_capacity"] : [];
  const paths = [...new Set([...scheduled, ...scaled])];
  return paths.length === 0 ? {} : { lifecycle: ignored(paths) };
}

/** Returns the tags of the group, and marks those that its nodes get too. Nodes get all others by the launch template. */
function groupTags({ drained, group, owner }: SelfManagedNodeGroupProps) {
  const { names, worker } = group;
  const onNodesToo: Readonly<Record<string, string>> = {
    Name: worker.instance_name ?? names.group,
    [`kubernetes.io/cluster/${owner.slug}`]: "owned",
    [`k8s.io/cluster/${owner.slug}`]: "owned",
  };
  const all = {
    ...owner.tags,
    ...autoscalerTags(owner.slug, group),
    ...inKeyOrder(worker.group_tags),
    ...(drained && { "aws-node-termination-handler/managed": "true" }),
    ...onNodesToo,
  };
  return Object.entries(all).map(([key, value]) => ({ key, value, propagateAtLaunch: key in onNodesToo }));
}

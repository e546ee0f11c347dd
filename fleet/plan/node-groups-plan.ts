import type { InterruptionQueue } from "../../addons/contract/addon-context";
import { type OperatingSystem, operatingSystemOf } from "../../aws/ami";
import { boundedName, NAME_LIMITS, shortHash } from "../../aws/names";
import { inKeyOrder } from "../../language/plain-map";
import type { Tier } from "../../language/words/subnet-tiers";
import { isProvided } from "../addons/cluster-services";
import type { Cluster, Tfvars, Worker } from "../model/cluster";
import { subnetSeed } from "../network/subnets";
import { generationName, generationSeed } from "../nodes/generation";
import { interruptionQueue } from "../nodes/interruption-queue";
import { maxPods } from "../nodes/max-pods";
import { nodeGroups } from "../nodes/node-groups";
import { imageParameter, releaseVersion } from "../nodes/node-image";
import { nodeLabels } from "../nodes/node-labels";
import { buysSpot, workerKind } from "../nodes/worker-kind";
import { ownerOf } from "./owner";

/** The image that a group's nodes boot. */
export type NodeImage =
  /** The user's own; `id` is null if an existing launch template names it. */
  | { readonly from: "user"; readonly id: string | null }
  /** One of EKS's images, at a release that EKS finds by the group's `ami_type`. */
  | { readonly from: "eks"; readonly releaseVersion: string }
  /** One of EKS's images, whose id a parameter of Systems Manager holds. */
  | { readonly from: "parameter"; readonly name: string };

/** One group of nodes. */
export interface NodeGroupPlan {
  /** The group's name: the worker's, and for `per_zone` the letter of the zone. */
  readonly name: string;
  readonly kind: "managed" | "self_managed";
  /** The worker's settings; for `per_zone` with the name and the zone of this group. */
  readonly worker: Worker;
  /** Zones that nodes can be in. */
  readonly zones: readonly string[];
  readonly operatingSystem: OperatingSystem;
  readonly image: NodeImage;
  /** The kubelet's pod limit; null if EKS or the image sets it. */
  readonly maxPods: number | null;
  /** Labels that nodes register with. */
  readonly labels: Readonly<Record<string, string>>;
  readonly names: {
    /** Name of the EKS node group or of the Auto Scaling group. */
    readonly group: string;
    readonly launchTemplate: string;
    /** End of the name of its role, after the cluster's. */
    readonly rolePart: string;
  };
}

/** One Fargate profile. */
export interface FargateProfilePlan {
  readonly settings: Tfvars["fargate_profiles"][number];
  /** Name of the EKS Fargate profile. */
  readonly name: string;
  /** End of the name of its pod execution role, after the cluster's. */
  readonly rolePart: string;
  readonly zones: readonly string[];
  readonly subnetTier: Tier;
}

/** A cluster's groups of nodes and Fargate profiles, as they follow from its definition. */
export interface NodeGroupsPlan {
  /** In the order of the definition; a worker with `per_zone` is one group in each zone. */
  readonly groups: readonly NodeGroupPlan[];
  readonly fargateProfiles: readonly FargateProfilePlan[];
  /** Queue that announces the end of nodes to the addon that drains them; null without that addon. */
  readonly terminationQueue: InterruptionQueue | null;
}

/** Returns the plan of a cluster's groups of nodes and Fargate profiles. */
export function planNodeGroups(cluster: Cluster): NodeGroupsPlan {
  const { tfvars, zones } = cluster;
  return {
    groups: tfvars.workers
      .flatMap((worker) => nodeGroups(worker, zones))
      .map((worker) => planNodeGroup(cluster, worker)),
    fargateProfiles: tfvars.fargate_profiles.map((settings) => planFargateProfile(cluster, settings)),
    terminationQueue: isProvided("node_draining", tfvars)
      ? interruptionQueue(ownerOf(cluster), "node-termination-handler")
      : null,
  };
}

/** Returns the plan of one group. */
export function planNodeGroup(cluster: Cluster, worker: Worker): NodeGroupPlan {
  const { slug, tfvars, zones: every } = cluster;
  const kind = workerKind(worker);
  const zones = worker.availability_zones.length === 0 ? every : worker.availability_zones;
  return {
    name: worker.name,
    kind,
    worker,
    zones,
    operatingSystem: operatingSystemOf(worker),
    image: kind === "managed" ? managedImage(cluster, worker) : selfManagedImage(cluster, worker),
    maxPods: maxPods(tfvars, worker),
    labels: nodeLabels(worker),
    names: {
      group:
        kind === "managed"
          ? managedGroupName(cluster, worker, zones)
          : boundedName(slug, worker.name, NAME_LIMITS.auto_scaling_group),
      launchTemplate: boundedName(slug, generationName(worker), NAME_LIMITS.launch_template),
      // The kind comes first, or the role of a group named vpc-cni would have the name of the CNI's role.
      rolePart: `${kind === "managed" ? "node" : "self-managed-node"}-${generationName(worker)}`,
    },
  };
}

function managedImage({ release }: Cluster, worker: Worker): NodeImage {
  if (worker.ami_type === "CUSTOM") return { from: "user", id: worker.ami_id };
  const version = releaseVersion(worker, release.kubernetes);
  if (version === undefined) throw new TypeError(`release ${release.name} pins no image for ${worker.ami_type}`);
  return { from: "eks", releaseVersion: version };
}

/**
 * EKS finds images for its managed groups only. The plan looks the id up: with `resolve:ssm:` in the launch template, each start
 * of an instance would, and a missing image would be noticed too late. Auto Scaling also refuses it in some mixed groups, and
 * does not refresh instances when the parameter changes.
 */
function selfManagedImage({ release, tfvars }: Cluster, worker: Worker): NodeImage {
  if (worker.ami_id !== null) return { from: "user", id: worker.ami_id };
  const name = imageParameter(worker, tfvars.cluster.kubernetes_version, release.kubernetes);
  if (name === undefined) throw new TypeError(`${worker.ami_type} has no parameter that always holds the same image`);
  return { from: "parameter", name };
}

/**
 * Returns the worker's name and a hash of everything that EKS cannot change in an existing group. Another value of one of these
 * gives another name: Terraform creates the new group before it deletes the old one.
 *
 * The provider replaces a group for ami_type, capacity_type, cluster_name, disk_size, instance_types, launch_template.id and
 * .name, node_group_name, node_role_arn, remote_access and subnet_ids. Not hashed are disk_size and remote_access, which are not
 * used; names that follow from the worker's; a user's own image and the instance type of a capacity block, which are in the
 * launch template, so the group rolls. Ranges stand for subnets, because another range is another subnet.
 */
function managedGroupName(cluster: Cluster, worker: Worker, zones: readonly string[]): string {
  const ranges = zones.map((zone) => `${zone}=${subnetSeed(cluster, worker.subnet_tier, zone)}`).sort();
  const bought =
    worker.capacity_type === "CAPACITY_BLOCK" ? [worker.capacity_type, []] : [buysSpot(worker), worker.instance_types];
  const role = worker.iam_role_arn === null ? [] : [{ iam_role_arn: worker.iam_role_arn }];
  const template = worker.launch_template === null ? [] : [{ launch_template: worker.launch_template.id }];
  const fixed = [worker.ami_type, ...bought, ranges, ...role, ...template, ...generationSeed(worker)];
  return boundedName(worker.name, shortHash(JSON.stringify([cluster.slug, ...fixed])), NAME_LIMITS.eks_node_group);
}

/** Nothing in a Fargate profile can be changed, so its name has a hash too, and a changed profile is created before the old one is deleted. */
function planFargateProfile(cluster: Cluster, settings: FargateProfilePlan["settings"]): FargateProfilePlan {
  const { availability_zones: zones = cluster.zones, subnet_tier: subnetTier = "private" } = settings;
  const ranges = zones.map((zone) => `${zone}=${subnetSeed(cluster, subnetTier, zone)}`).sort();
  const role = settings.pod_execution_role_arn === undefined ? [] : [settings.pod_execution_role_arn];
  // Labels have no order: another one must not replace the profile.
  const selectors = settings.selectors.map(({ labels, namespace }) => ({
    namespace,
    labels: labels && inKeyOrder(labels),
  }));
  const hash = shortHash(JSON.stringify([cluster.slug, selectors, ranges, ...role, ...generationSeed(settings)]));
  return {
    settings,
    name: boundedName(settings.name, hash, NAME_LIMITS.eks_fargate_profile),
    rolePart: `fargate-${generationName(settings)}`,
    zones,
    subnetTier,
  };
}

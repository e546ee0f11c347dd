import { isMap, type PlainMap } from "../../language/plain-map";
import type { Difference } from "./values";

/** The consequence of an update in place for nodes, or another fact for reviewers. */
interface Consequence {
  readonly type: string;
  /** Arguments whose change has the consequence, as the first part of their paths. */
  readonly arguments: readonly string[];
  /** Further arguments with the same consequence, which the resource itself names. */
  readonly further?: (after: PlainMap) => readonly string[];
  /** True if it has the consequence, given the arguments after the change. By default it always has. */
  readonly when?: (after: PlainMap) => boolean;
  readonly reason: string;
}

const refreshOf = (after: PlainMap): unknown => [after["instance_refresh"]].flat()[0];
const hasRefresh = (after: PlainMap): boolean => refreshOf(after) !== undefined;

/** Returns the arguments that the group lists as triggers of an instance refresh. */
function triggersOf(after: PlainMap): readonly string[] {
  const refresh = refreshOf(after);
  const triggers = isMap(refresh) ? refresh["triggers"] : undefined;
  return Array.isArray(triggers) ? triggers.map(String) : [];
}

/**
 * Arguments for which an Auto Scaling group with an instance refresh starts one, besides its `triggers`: the AWS provider's page
 * autoscaling_group, "instance_refresh" (read 2026-11-30). None starts while the launch template's version is `$Latest`.
 */
const REFRESHING = ["launch_configuration", "launch_template", "mixed_instances_policy"];

/**
 * Changes that replace nodes. The API reference of EKS, UpdateNodegroupVersion (read 2026-11-30): a new Kubernetes version, a new image
 * or a new version of the launch template drains each node, and terminates it.
 */
export const ROLLS: readonly Consequence[] = [
  {
    type: "aws_eks_node_group",
    arguments: ["version"],
    reason: "EKS replaces the group's nodes with nodes of this Kubernetes version",
  },
  {
    type: "aws_eks_node_group",
    arguments: ["release_version"],
    reason: "EKS replaces the group's nodes with nodes of this image",
  },
  {
    type: "aws_eks_node_group",
    arguments: ["launch_template"],
    reason: "EKS replaces the group's nodes with nodes of the new launch template version",
  },
  {
    type: "aws_autoscaling_group",
    arguments: REFRESHING,
    further: triggersOf,
    when: hasRefresh,
    reason: "the instance refresh replaces the group's nodes",
  },
];

/** Changes in place that deserve a sentence. */
export const NOTES: readonly Consequence[] = [
  {
    type: "aws_autoscaling_group",
    arguments: REFRESHING,
    when: (after) => !hasRefresh(after),
    reason: "only new nodes follow, because the group has no instance refresh",
  },
  {
    type: "aws_eks_cluster",
    arguments: ["version"],
    reason: "changes the control plane; EKS can roll back an upgrade for 7 days only",
  },
];

/** Returns the reasons of the consequences that differences have. */
export function consequences(
  list: readonly Consequence[],
  type: string,
  found: readonly Difference[],
  after: PlainMap,
): string[] {
  return list
    .filter((each) => each.type === type && (each.when?.(after) ?? true))
    .filter(({ arguments: own, further }) => {
      const named = [...own, ...(further?.(after) ?? [])];
      return found.some(({ path: [first = ""] }) => named.includes(first));
    })
    .map(({ reason }) => reason);
}

/** Parts of a NodePool that steer Karpenter and cause no drift: "Behavioral Fields" in Karpenter's page "Disruption" (read 2026-11-30). */
const BEHAVIOUR = ["disruption", "limits", "replicas", "weight"];

/**
 * Returns why Karpenter replaces nodes after a change of a Helm release's objects; undefined if it does not. A changed node class
 * or template of a pool causes drift of nodes.
 */
export function driftReason(found: readonly Difference[]): string | undefined {
  const drifts = found.some(({ before, after, path }) => {
    const [, , object = "", section, part] = path;
    if (path[0] !== "values" || path[1] !== "manifests" || section !== "spec") return false;
    if (before === undefined && after === undefined) return false;
    if (/^\[NodePool\//.test(object)) return part === undefined || !BEHAVIOUR.includes(part);
    return /^\[(?:EC2)?NodeClass\//.test(object);
  });
  return drifts ? "Karpenter replaces nodes that no longer match their pool or node class (drift)" : undefined;
}

/** Arguments of a launch template whose change creates no version, in the provider's code of the type. */
const WITHOUT_VERSION = ["default_version", "name", "name_prefix", "tags", "update_default_version"];

/** True if an update of a resource in place changes an attribute that the configuration does not set. */
export function changesOnUpdate(type: string, attribute: string | undefined, found: readonly Difference[]): boolean {
  if (type !== "aws_launch_template") return false;
  return (
    ["default_version", "latest_version"].includes(attribute ?? "") &&
    found.some(({ path: [first = ""] }) => !WITHOUT_VERSION.includes(first))
  );
}

/** Types whose loss costs data, addresses or the cluster itself: they come first. */
const PRECIOUS = new Set([
  "aws_cloudwatch_log_group",
  "aws_db_subnet_group",
  "aws_efs_file_system",
  "aws_eip",
  "aws_eks_cluster",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_subnet",
  "aws_vpc",
]);

export function isPrecious(type: string): boolean {
  return PRECIOUS.has(type);
}

/** True if a release installs objects of this program by its own chart. */
export function isManifests(body: PlainMap): boolean {
  const chart = body["chart"];
  return typeof chart === "string" && chart.startsWith("./assets/");
}

/** True if `prevent_destroy` protects the resource. */
export function isProtected(meta: PlainMap): boolean {
  return lifecycleOf(meta)["prevent_destroy"] === true;
}

/** Returns the arguments at `lifecycle`. */
export function lifecycleOf(meta: PlainMap): PlainMap {
  const lifecycle = meta["lifecycle"];
  const first = Array.isArray(lifecycle) ? lifecycle[0] : lifecycle;
  return isMap(first) ? first : {};
}

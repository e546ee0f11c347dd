import { operatingSystemOf } from "../../aws/ami";
import { instanceLimits, vcpus } from "../../aws/instance-types";
import { valueAt } from "../../language/plain-map";
import type { Tfvars, Worker } from "../model/cluster";
import { podTier } from "../network/subnets";
import { cniOf, nodeAddresses, recommendedPods } from "./node-addresses";
import { namedTypes, workerKind } from "./worker-kind";

/**
 * Returns the kubelet's pod limit of a group's nodes: the group's own or, if nodes would miscount, the least of its types, which is
 * right for each of them. Null leaves the limit to EKS or the image, also if a type is unknown.
 */
export function maxPods(tfvars: Tfvars, worker: Worker): number | null {
  if (worker.kubelet.max_pods !== null) return worker.kubelet.max_pods;
  if (!wouldMiscount(tfvars, worker)) return null;
  const ofTypes = namedTypes(worker).map((type) => podsOf(tfvars, type));
  const known = ofTypes.filter((pods) => pods !== undefined);
  return known.length === 0 || known.length < ofTypes.length ? null : Math.min(...known);
}

/** Returns the pod limit of a group's nodes of one type, whoever sets it; undefined for a type newer than the list. */
export function podLimit(tfvars: Tfvars, worker: Worker, type: string): number | undefined {
  const limits = instanceLimits(type);
  const own = worker.kubelet.max_pods;
  if (limits === undefined || tfvars.networking.ip_family === "ipv6") return own ?? podsOf(tfvars, type);
  if (!tfvars.cluster.vpc_cni.enabled) return own ?? undefined; // another CNI has other addresses
  const managed = isLimitedByEks(worker);
  return nodeAddresses(limits, cniOf(tfvars, type), { maxPods: own, vcpus: vcpus(type), managed }).pods;
}

/**
 * True if nodes without a limit would compute another one than the CNI's. nodeadm counts every interface and single addresses
 * (awslabs/amazon-eks-ami, nodeadm/internal/kubelet/eni_max_pods.go), and so does the list that Bottlerocket looks the instance type
 * up in (bottlerocket-os/bottlerocket-core-kit, sources/api/pluto/src/main.rs). EKS sets the limit of nodes with its own images; an
 * existing launch template is left as it is.
 */
export function wouldMiscount(tfvars: Tfvars, worker: Worker): boolean {
  if (worker.launch_template !== null || isLimitedByEks(worker)) return false;
  if (operatingSystemOf(worker) === "WINDOWS" || isSaidInNodeConfig(worker)) return false;
  const { vpc_cni } = tfvars.cluster;
  const asCounted =
    podTier(tfvars) === "private" && !vpc_cni.prefix_delegation && tfvars.networking.ip_family !== "ipv6";
  return vpc_cni.enabled && !asCounted;
}

/** EKS sets the limit of managed groups that use its own images, and of no others: EKS's guide, "How maxPods is determined". */
export function isLimitedByEks(worker: Worker): boolean {
  return worker.ami_type !== "CUSTOM" && workerKind(worker) === "managed";
}

/** Undefined for a type newer than our list. An IPv6 prefix, of which the first interface has one, holds more than any node runs. */
function podsOf(tfvars: Tfvars, type: string): number | undefined {
  const limits = instanceLimits(type);
  if (limits === undefined) return undefined;
  if (tfvars.networking.ip_family === "ipv6") return recommendedPods(vcpus(type));
  return nodeAddresses(limits, cniOf(tfvars, type), { maxPods: null, vcpus: vcpus(type), managed: false }).pods;
}

/** True if the group's `node_config` sets the limit itself: nodeadm reads it last. */
export function isSaidInNodeConfig({ node_config }: Worker): boolean {
  const kubelet = valueAt(node_config, "kubelet");
  const flags = valueAt(kubelet, "flags");
  return (
    valueAt(kubelet, "config", "maxPods") !== undefined ||
    valueAt(kubelet, "maxPodsExpression") !== undefined ||
    (Array.isArray(flags) && flags.some((flag) => String(flag).startsWith("--max-pods")))
  );
}

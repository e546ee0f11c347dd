import { operatingSystemOf } from "../../aws/ami";
import { instanceLimits, vcpus } from "../../aws/instance-types";
import { valueAt } from "../../language/plain-map";
import type { Tfvars, Worker } from "../model/cluster";
import { podTier } from "../network/subnets";
import { cniOf, nodeAddresses, recommendedPods } from "./node-addresses";
import { namedTypes, workerKind } from "./worker-kind";

/**
 * The kubelet's limit that a group's nodes are told: what the group says, or where they would miscount, the least of its types, so
 * that it is right whichever comes. null leaves it to EKS or the image; it is also the answer where the types are not known.
 */
export function maxPods(tfvars: Tfvars, worker: Worker): number | null {
  if (worker.kubelet.max_pods !== null) return worker.kubelet.max_pods;
  if (!wouldMiscount(tfvars, worker)) return null;
  const ofTypes = namedTypes(worker).map((type) => podsOf(tfvars, type));
  const known = ofTypes.filter((pods) => pods !== undefined);
  return known.length === 0 || known.length < ofTypes.length ? null : Math.min(...known);
}

/**
 * Whether nodes that are told no limit take one that is not the CNI's. nodeadm counts every interface and single addresses
 * (awslabs/amazon-eks-ami, nodeadm/internal/kubelet/eni_max_pods.go), and so does the list that Bottlerocket looks the instance type
 * up in (bottlerocket-os/bottlerocket-core-kit, sources/api/pluto/src/main.rs). EKS tells nodes of its own images itself; a launch
 * template that exists says what it says.
 */
export function wouldMiscount(tfvars: Tfvars, worker: Worker): boolean {
  if (worker.launch_template !== null || isLimitedByEks(worker)) return false;
  if (operatingSystemOf(worker) === "WINDOWS" || isSaidInNodeConfig(worker)) return false;
  const { vpc_cni } = tfvars.cluster;
  const asCounted =
    podTier(tfvars) === "private" && !vpc_cni.prefix_delegation && tfvars.networking.ip_family !== "ipv6";
  return vpc_cni.enabled && !asCounted;
}

/** EKS tells managed groups of its own images their limit, and no others: EKS's guide, "How maxPods is determined". */
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

/** Whether a group tells nodeadm so in its own words, which are read last. */
function isSaidInNodeConfig({ node_config }: Worker): boolean {
  const kubelet = valueAt(node_config, "kubelet");
  const flags = valueAt(kubelet, "flags");
  return (
    valueAt(kubelet, "config", "maxPods") !== undefined ||
    valueAt(kubelet, "maxPodsExpression") !== undefined ||
    (Array.isArray(flags) && flags.some((flag) => String(flag).startsWith("--max-pods")))
  );
}

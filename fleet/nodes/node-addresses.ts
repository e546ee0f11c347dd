import { type InstanceLimits, takesPrefixes } from "../../aws/instance-types";
import type { Tfvars } from "../model/cluster";
import { podTier } from "../network/subnets";

/** Addresses that a whole prefix holds: a /28. */
const PREFIX = 16;

/** Pods on the host's network, which need no address of their own: the CNI's and kube-proxy's. */
const HOST_PODS = 2;

/** The settings of the VPC CNI that decide how many addresses a node holds. */
export interface CniSettings {
  readonly prefix_delegation: boolean;
  /** Pods are in subnets of their own: the node's first interface has none. */
  readonly custom_networking: boolean;
  readonly warm_eni_target: number | null;
  readonly warm_ip_target: number | null;
  readonly minimum_ip_target: number | null;
  readonly warm_prefix_target: number | null;
}

/** Returns the cluster's settings of the CNI for nodes of one type: the interfaces of some types do not support prefixes. */
export function cniOf(tfvars: Tfvars, type: string): CniSettings {
  const { vpc_cni } = tfvars.cluster;
  return {
    ...vpc_cni,
    prefix_delegation: vpc_cni.prefix_delegation && takesPrefixes(type),
    custom_networking: podTier(tfvars) === "pod",
  };
}

/** Returns the pod limit that EKS recommends, however many addresses there are: its guide to choosing an instance type. */
export function recommendedPods(vcpus: number): number {
  return vcpus < 30 ? 110 : 250;
}

/** The addresses that one node holds, used or not. */
export interface NodeAddresses {
  /** Most pods that run on it. */
  readonly pods: number;
  /** Addresses in the subnet of its pods, full and with no pod on it. */
  readonly full: number;
  readonly idle: number;
  /** Addresses in the subnet that the node itself is in, where that is another. */
  readonly own: number;
}

/**
 * Returns the number of addresses that a node uses in its subnets. The CNI holds whole interfaces or prefixes ready, so a node uses
 * more than its pods: with the add-on's defaults, one additional interface that is entirely free.
 *
 * @param maxPods the kubelet's limit; null for what EKS recommends
 * @param vcpus decide EKS's recommendation
 * @param managed EKS holds managed groups of its own images to that also where pods have single addresses
 */
export function nodeAddresses(
  limits: InstanceLimits,
  cni: CniSettings,
  { maxPods, vcpus, managed }: { readonly maxPods: number | null; readonly vcpus: number; readonly managed: boolean },
): NodeAddresses {
  const interfaces = limits.interfaces - (cni.custom_networking ? 1 : 0);
  const slots = limits.addresses - 1; // the first of each interface is the interface's own
  const most = interfaces * slots * (cni.prefix_delegation ? PREFIX : 1) + HOST_PODS;
  const recommended = cni.prefix_delegation || managed ? recommendedPods(vcpus) : most;
  const pods = Math.min(maxPods ?? recommended, most);
  const held = (running: number): number => addressesHeld(running, { interfaces, slots, cni });
  return {
    pods,
    full: held(Math.max(0, pods - HOST_PODS)),
    idle: held(0),
    own: cni.custom_networking ? 1 : 0,
  };
}

function addressesHeld(
  running: number,
  { interfaces, slots, cni }: { readonly interfaces: number; readonly slots: number; readonly cni: CniSettings },
): number {
  const wanted = wantedAddresses(running, cni);
  if (cni.prefix_delegation) {
    const spare = wanted === undefined ? (cni.warm_prefix_target ?? 1) : 0;
    const prefixes = Math.min(Math.ceil((wanted ?? running) / PREFIX) + spare, interfaces * slots);
    return prefixes * PREFIX + Math.max(1, Math.ceil(prefixes / slots));
  }
  if (wanted !== undefined) {
    const addresses = Math.min(wanted, interfaces * slots);
    return addresses + Math.max(1, Math.ceil(addresses / slots));
  }
  const attached = Math.ceil(running / slots) + (cni.warm_eni_target ?? 1);
  return Math.min(Math.max(1, attached), interfaces) * (slots + 1);
}

/** Returns the addresses that the CNI holds if it counts single addresses; undefined if it counts whole interfaces or prefixes. */
function wantedAddresses(running: number, { warm_ip_target, minimum_ip_target }: CniSettings): number | undefined {
  if (warm_ip_target === null && minimum_ip_target === null) return undefined;
  return Math.max(running + (warm_ip_target ?? 0), minimum_ip_target ?? 0);
}

import { operatingSystemOf } from "../../../aws/ami";
import { instanceLimits } from "../../../aws/instance-types";
import { isProvided } from "../../addons/cluster-services";
import type { Definition, Tfvars, Worker } from "../../model/cluster";
import { addonSettings } from "../../model/enabled-addons";
import { podTier } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import { daemonsOf } from "../../nodes/daemon-pods";
import { isSaidInNodeConfig, maxPods, podLimit, wouldMiscount } from "../../nodes/max-pods";
import { recommendedPods } from "../../nodes/node-addresses";
import { nodeGroups } from "../../nodes/node-groups";
import { namedTypes } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Check } from "../../rules/finding";
import { needsGroups, placesOf } from "./worker-taints";

/** Replicas of CoreDNS that EKS's add-on always keeps. */
const REPLICAS_OF_DNS = 2;

/** Returns the least pod limit of a group's types; undefined if it is unknown. */
function leastLimit(
  { tfvars }: Pick<Definition, "tfvars">,
  worker: Worker,
): { readonly type: string; readonly pods: number } | undefined {
  if (operatingSystemOf(worker) === "WINDOWS" || worker.launch_template !== null || isSaidInNodeConfig(worker))
    return undefined;
  const known = namedTypes(worker).flatMap((type) => {
    const pods = podLimit(tfvars, worker, type);
    return pods === undefined ? [] : [{ type, pods }];
  });
  return known.sort((a, b) => a.pods - b.pods)[0];
}

const pathOf = ({ kubelet, instance_types }: Worker, type: string) =>
  kubelet.max_pods === null ? ["instance_types", instance_types.indexOf(type)] : ["kubelet", "max_pods"];

/** Reports nodes that the pods of DaemonSets fill, so that no other pod ever runs there. */
const room: WorkerRule = (worker, { definition }) => {
  const least = leastLimit(definition, worker);
  const { names, pods } = daemonsOf(definition);
  if (least === undefined || least.pods > pods) return [];
  const message = `leaves no room for a pod: nodes of type ${least.type} run at most ${least.pods} pods, and ${names.join(", ")} run ${pods} on every node. Use a larger type${worker.kubelet.max_pods === null ? "" : ", or raise kubelet.max_pods"}`;
  return [{ path: pathOf(worker, least.type), message }];
};

/** Warns about a limit that the interfaces of a type have no addresses for: the scheduler sends pods there that never start. */
const moreThanAddresses: WorkerRule = (worker, { definition: { tfvars } }) => {
  const { max_pods } = worker.kubelet;
  if (max_pods === null || tfvars.networking.ip_family === "ipv6" || !tfvars.cluster.vpc_cni.enabled) return [];
  const least = leastLimit({ tfvars }, worker);
  if (least === undefined || least.pods >= max_pods) return [];
  const more = tfvars.cluster.vpc_cni.prefix_delegation ? "" : ", set tfvars.cluster.vpc_cni.prefix_delegation: true";
  const message = `is more than the network interfaces of ${least.type} have addresses for: ${least.pods} pods. Further pods are scheduled there, and never start. Lower it to ${least.pods}${more}, or use a larger type`;
  return [{ severity: "warning", path: ["kubelet", "max_pods"], message }];
};

/** Reports groups that are too small for the platform at their largest size, where nothing else adds nodes. */
const roomForPlatform: Check = (subject) => {
  const { definition } = subject;
  const { addons, workers } = definition.tfvars;
  if (!needsGroups(definition) || addons.karpenter.enabled) return [];
  const daemons = daemonsOf(definition).pods;
  const zones = zonesOf(subject);
  const places = placesOf(definition).map((worker) => {
    const least = leastLimit(definition, worker);
    const groups = nodeGroups(worker, zones).length;
    return { worker, least, pods: least === undefined ? undefined : (least.pods - daemons) * worker.max_size * groups };
  });
  const [first] = places;
  if (first?.least === undefined || places.some(({ pods }) => pods === undefined || pods <= 0)) return []; // unknown, or reported above
  const available = places.reduce((sum, { pods = 0 }) => sum + pods, 0);
  const others = addonSettings(definition).filter(
    ({ addon: { daemon_pods, provides = [] } }) => daemon_pods === undefined && !provides.includes("dns"),
  );
  const needed = (isProvided("dns", definition.tfvars) ? REPLICAS_OF_DNS : 0) + others.length;
  if (available >= needed) return [];
  const path = ["tfvars", "workers", workers.indexOf(first.worker), ...pathOf(first.worker, first.least.type)];
  const message = `leaves room for ${available} pods besides those of every node, with all groups at max_size, but CoreDNS and the addons require at least ${needed}. Use larger types, or raise max_size or kubelet.max_pods`;
  return [{ path, message }];
};

/** A node counts pods by its interfaces alone, so only max_pods can correct the count of a type without known limits. */
const maxPodsOfUnknownTypes: WorkerRule = (worker, { definition: { tfvars } }) => {
  if (!wouldMiscount(tfvars, worker) || maxPods(tfvars, worker) !== null) return [];
  const unknown = namedTypes(worker).findIndex((type) => instanceLimits(type) === undefined);
  const path = worker.instance_requirements === null ? ["instance_types", unknown] : ["instance_requirements"];
  const message = `has no known pod limit, and a node's own count ignores ${ignored(tfvars)}. Set kubelet.max_pods for the smallest type: ${most(tfvars)}`;
  return [{ severity: "warning", path, message }];
};

function ignored({ cluster, networking }: Tfvars): string {
  if (networking.ip_family === "ipv6") return "IPv6";
  return cluster.vpc_cni.prefix_delegation ? "prefix_delegation" : "subnets for pods";
}

function most(tfvars: Tfvars): string {
  if (tfvars.networking.ip_family === "ipv6") return RECOMMENDED;
  const interfaces = podTier(tfvars) === "pod" ? "(interfaces - 1)" : "interfaces";
  const { prefix_delegation } = tfvars.cluster.vpc_cni;
  const addresses = `${interfaces} * (addresses of each - 1)${prefix_delegation ? " * 16" : ""} + 2`;
  return prefix_delegation ? `the lesser of ${addresses} and ${RECOMMENDED}` : addresses;
}

const RECOMMENDED = `${recommendedPods(2)} (${recommendedPods(30)} from 30 vCPUs on)`;

/** Rules about the pods that a node supports, and the room that those on every node leave. */
export const podLimitRules: readonly Check[] = [
  eachWorker([room]),
  roomForPlatform,
  eachWorker([maxPodsOfUnknownTypes, moreThanAddresses]),
];

import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { operatingSystemOf } from "../../../aws/ami";
import { isProvided } from "../../addons/cluster-services";
import type { Definition, Worker } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import { zonesOf } from "../../network/zones";
import { isSaidInNodeConfig, podLimit } from "../../nodes/max-pods";
import { namedTypes } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Check } from "../../rules/finding";
import { needsGroups, placesOf } from "./first-nodes";

/** The EKS add-ons with a pod on every node, by their keys in a definition. */
const DAEMONS_OF_EKS = ["vpc_cni", "kube_proxy", "eks_pod_identity_agent"] as const;

/** Replicas of CoreDNS that EKS's add-on always keeps. */
const REPLICAS_OF_DNS = 2;

const addonsOf = (definition: Definition): readonly Addon[] => enabledAddons(definition).map((name) => catalogue[name]);

/** Returns the least number of the platform's own pods on every Linux node, and what they are. */
function daemonsOf(definition: Definition): { readonly pods: number; readonly names: readonly string[] } {
  const addons = addonsOf(definition).filter(({ daemon_pods = 0 }) => daemon_pods > 0);
  const ofEks = DAEMONS_OF_EKS.filter((key) => definition.tfvars.cluster[key].enabled);
  const pods = addons.reduce((sum, { daemon_pods = 0 }) => sum + daemon_pods, ofEks.length);
  return { pods, names: [...ofEks, ...addons.map(({ name }) => name)] };
}

/** Returns the least pod limit of a group's types; undefined if it is unknown. */
function leastLimit(
  { tfvars }: Definition,
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

/** Reports groups that are too small for the platform at their largest size, where nothing else adds nodes. */
const roomForPlatform: Check = (subject) => {
  const { definition } = subject;
  const { addons, workers } = definition.tfvars;
  if (!needsGroups(definition) || addons.karpenter.enabled) return [];
  const daemons = daemonsOf(definition).pods;
  const zones = zonesOf(subject).length;
  const places = placesOf(definition).map((worker) => {
    const least = leastLimit(definition, worker);
    const groups = worker.per_zone ? worker.availability_zones.length || zones : 1;
    return { worker, least, pods: least === undefined ? undefined : (least.pods - daemons) * worker.max_size * groups };
  });
  const [first] = places;
  if (first?.least === undefined || places.some(({ pods }) => pods === undefined || pods <= 0)) return []; // unknown, or reported above
  const available = places.reduce((sum, { pods = 0 }) => sum + pods, 0);
  const others = addonsOf(definition).filter(
    ({ daemon_pods, provides = [] }) => daemon_pods === undefined && !provides.includes("dns"),
  );
  const needed = (isProvided("dns", definition.tfvars) ? REPLICAS_OF_DNS : 0) + others.length;
  if (available >= needed) return [];
  const path = ["tfvars", "workers", workers.indexOf(first.worker), ...pathOf(first.worker, first.least.type)];
  const message = `leaves room for ${available} pods besides those of every node, with all groups at max_size, but CoreDNS and the addons require at least ${needed}. Use larger types, or raise max_size or kubelet.max_pods`;
  return [{ path, message }];
};

/** Rules about the room that nodes have for pods besides those that run on every node. */
export const roomForPodsRules: readonly Check[] = [eachWorker([room]), roomForPlatform];

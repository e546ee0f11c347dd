import { type Pods, requestsOf } from "../../../addons/contract/workload";
import { type Room, roomOf } from "../../../aws/instance-sizes";
import { hasFurtherNodes, isOnFargate } from "../../addons/fargate-addons";
import { platformPods } from "../../addons/platform-pods";
import type { Worker } from "../../model/cluster";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { daemonsOf } from "../../nodes/daemon-pods";
import { podLimit } from "../../nodes/max-pods";
import { isAutoscaled, mostNodes } from "../../nodes/most-nodes";
import { namedTypes } from "../../nodes/worker-kind";
import type { Check } from "../../rules/finding";
import { needsGroups, placesOf } from "../workers/worker-taints";
import { askedByAddons, findingsOf } from "./addons";

/** CPU and memory that pods can request on nodes, or that they request. */
interface Amount extends Room {
  readonly pods: number;
}

interface AddonPods {
  readonly name: string;
  readonly pods: readonly Pods[];
}

/**
 * Warns of groups that cannot hold the platform's pods at their largest sizes. Nodes that no group lists, such as those of Karpenter and
 * Auto Mode, can always be added. Only addons whose values contain their requests are counted, so the sum is the least.
 */
export const checkPlatformFits: Check = (subject) => {
  const { definition } = subject;
  const { workers } = definition.tfvars;
  const places = placesOf(definition);
  const [first] = places;
  if (first === undefined || !needsGroups(definition)) return [];
  const groups = places.map((worker) => ({ nodes: mostNodes(subject, [worker]), room: roomIn(subject, worker) }));
  const nodes = groups.reduce((sum, group) => sum + group.nodes, 0);
  if (nodes === 0 || groups.some(({ room }) => room === undefined)) return []; // another rule reports it, or it is not known
  const platform = podsOfAddons(subject);
  if (platform === undefined || platform.length === 0) return [];

  const room = groups.reduce((sum, group) => plus(sum, times(group.room ?? NOTHING, group.nodes)), NOTHING);
  const all = requestsOf(
    platform.flatMap(({ pods }) => pods),
    nodes,
  );
  const required = { ...all, pods: podsOn(subject, platform, nodes) };
  const group = ["tfvars", "workers", workers.indexOf(first)];
  const path = [...group, isAutoscaled(subject, first) ? "max_size" : "min_size"];
  const largest = groups.reduce((most, each) => maximum(most, each.room ?? NOTHING), NOTHING);
  for (const { name, pods } of platform) {
    const tooLarge = pods.find((each) => each.cpu > largest.cpu || each.memory_mib > largest.memory_mib);
    if (tooLarge === undefined) continue;
    const message = `have no node for a pod of ${name}: it requests ${text(tooLarge)}, but the largest node has ${text(largest)}. Use larger types, or lower its requests in addons.${name}.values`;
    return [{ path: [...group, "instance_types"], message, severity: "warning", because: [group] }];
  }
  if (required.cpu <= room.cpu && required.memory_mib <= room.memory_mib && required.pods <= room.pods) return [];
  const message = `leaves the platform without room: its ${required.pods} pods request at least ${text(required)}, but ${nodes} nodes have ${text(room)} for ${room.pods} pods. Some pods stay Pending. Raise it, use larger instance_types, or switch off addons; \`npx fleet size\` shows the requests of each`;
  return [{ path, message, severity: "warning", because: [group] }];
};

const NOTHING: Amount = { cpu: 0, memory_mib: 0, pods: 0 };

/** Returns the most that a node of a group has for pods, of any of its types; undefined if a type is not known. */
export function roomIn({ definition: { tfvars } }: Subject, worker: Worker): Amount | undefined {
  if (worker.instance_requirements !== null) return undefined;
  const types = namedTypes(worker).map((type): Amount | undefined => {
    const pods = podLimit(tfvars, worker, type);
    const room = pods === undefined ? undefined : roomOf(type, pods);
    return room === undefined || pods === undefined ? undefined : { ...room, pods };
  });
  return types.length === 0 || types.includes(undefined)
    ? undefined
    : types.reduce<Amount>((most, room) => maximum(most, room ?? NOTHING), NOTHING);
}

/** Returns the pods of the addons that run on nodes; undefined if something that they depend on was refused. */
function podsOfAddons(subject: Subject): readonly AddonPods[] | undefined {
  const { definition, serviceLevels } = subject;
  const { sla } = definition.tfvars.addons;
  const level = serviceLevels?.[sla];
  const asked = askedByAddons(subject);
  if (level === undefined || asked === undefined) return undefined;
  return ofEachAddon(definition, (settings) => {
    const { addon, name, options } = settings;
    if (addon.workloads === undefined || hasFurtherNodes(definition, name) || isOnFargate(addon, definition)) return [];
    // Values rely on what other rules accept.
    if (asked.hosted_zone_id === null && addon.needs?.(options).includes("hosted_zone")) return [];
    if (findingsOf(settings, asked).some(({ severity }) => severity !== "warning")) return [];
    const pods = platformPods(settings, { subject: asked, serviceLevel: { name: sla, ...level } });
    return pods === undefined ? [] : [{ name, pods }];
  });
}

/** Returns the number of pods: those of EKS and of every DaemonSet run on each node. */
function podsOn({ definition }: Subject, platform: readonly AddonPods[], nodes: number): number {
  const others = platform.flatMap(({ pods }) => pods.map((each) => (each.pods === "node" ? 0 : each.pods)));
  return others.reduce((sum, pods) => sum + pods, nodes * daemonsOf(definition).pods);
}

const plus = (one: Amount, other: Amount): Amount => ({
  cpu: one.cpu + other.cpu,
  memory_mib: one.memory_mib + other.memory_mib,
  pods: one.pods + other.pods,
});

const times = ({ cpu, memory_mib, pods }: Amount, many: number): Amount => ({
  cpu: cpu * many,
  memory_mib: memory_mib * many,
  pods: pods * many,
});

const maximum = (one: Amount, other: Amount): Amount => ({
  cpu: Math.max(one.cpu, other.cpu),
  memory_mib: Math.max(one.memory_mib, other.memory_mib),
  pods: Math.max(one.pods, other.pods),
});

const text = ({ cpu, memory_mib }: Room): string =>
  `${(cpu / 1000).toFixed(2)} CPUs and ${(memory_mib / 1024).toFixed(1)} GiB`;

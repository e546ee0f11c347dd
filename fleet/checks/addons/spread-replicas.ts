import type { Path } from "../../../language/yaml/tree";
import { hasFurtherNodes } from "../../addons/fargate-addons";
import type { Worker } from "../../model/cluster";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { zonesOf } from "../../network/zones";
import { isAutoscaled, mostNodes } from "../../nodes/most-nodes";
import { nodeGroups } from "../../nodes/node-groups";
import { startSize } from "../../nodes/start-size";
import type { Check, Finding } from "../../rules/finding";
import { needsGroups, placesOf } from "../workers/worker-taints";

/** Values that replace the rule of a chart that puts each replica on another node. */
const REPLACED = /affinity/i;

/** Service levels whose workloads must survive the loss of a node. */
const NEVER_DOWN: readonly string[] = ["production", "critical"];

/** Returns a warning if the groups never have more than one node, whatever scales them. */
function onlyNode(subject: Subject, places: readonly Worker[], path: Path): Finding[] {
  const size = (worker: Worker): number =>
    (grows(worker) ? worker.max_size : startSize(worker)) * nodeGroups(worker, zonesOf(subject)).length;
  const [first] = places;
  if (first === undefined || places.reduce((sum, worker) => sum + size(worker), 0) !== 1) return [];
  const { sla } = subject.definition.tfvars.addons;
  const key = grows(first) ? "max_size" : first.desired_size === null ? "min_size" : "desired_size";
  const message = `leaves the cluster with one node at most, so every pod stops when that node fails or is replaced. Set ${key} to 2 or more for service level ${sla}, or set another sla`;
  return [{ path: [...path, key], message, severity: "warning", because: [path] }];
}

function grows({ autoscaling, scheduled_scaling }: Worker): boolean {
  return autoscaling || scheduled_scaling.length > 0;
}

/**
 * Warns of fewer nodes than an addon's replicas require, and of a single node for production. The warning is at the groups, because a
 * platform leaves out an addon whose switch has one.
 */
export const checkSpreadReplicas: Check = (subject) => {
  const { definition, serviceLevels } = subject;
  const { addons, workers } = definition.tfvars;
  const replicas = serviceLevels?.[addons.sla]?.replicas;
  const places = placesOf(definition);
  const [first] = places;
  if (replicas === undefined || first === undefined || !needsGroups(definition)) return [];
  const nodes = mostNodes(subject, places);
  if (nodes === 0) return []; // another rule reports it
  const path = ["tfvars", "workers", workers.indexOf(first)];
  const key = isAutoscaled(subject, first) ? "max_size" : "min_size";
  const apart = ofEachAddon(definition, ({ addon, name, values }): Finding[] => {
    const required = addon.spread_over?.(replicas) ?? 1;
    if (nodes >= required || hasFurtherNodes(definition, name) || REPLACED.test(JSON.stringify(values))) return [];
    const message = `leaves ${name} with ${nodes} of the ${required} nodes that its replicas require, because each runs on another node. Raise it, or set another sla`;
    return [{ path: [...path, key], message, severity: "warning", because: [path] }];
  });
  return apart.length > 0 || addons.karpenter.enabled || !NEVER_DOWN.includes(addons.sla)
    ? apart
    : onlyNode(subject, places, path);
};

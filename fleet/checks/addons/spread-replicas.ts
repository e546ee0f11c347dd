import { hasFurtherNodes } from "../../addons/fargate-addons";
import { ofEachAddon } from "../../model/enabled-addons";
import { isAutoscaled, mostNodes } from "../../nodes/most-nodes";
import type { Check, Finding } from "../../rules/finding";
import { needsGroups, placesOf } from "../workers/worker-taints";

/** Values that replace the rule of a chart that puts each replica on another node. */
const REPLACED = /affinity/i;

/**
 * Warns of fewer nodes than an addon's replicas require. The warning is at the groups, because a platform leaves out an addon whose
 * switch has one.
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
  return ofEachAddon(definition, ({ addon, name, values }): Finding[] => {
    const required = addon.spread_over?.(replicas) ?? 1;
    if (nodes >= required || hasFurtherNodes(definition, name) || REPLACED.test(JSON.stringify(values))) return [];
    const message = `leaves ${name} with ${nodes} of the ${required} nodes that its replicas require, because each runs on another node. Raise it, or set another sla`;
    const key = isAutoscaled(subject, first) ? "max_size" : "min_size";
    return [{ path: [...path, key], message, severity: "warning", because: [path] }];
  });
};

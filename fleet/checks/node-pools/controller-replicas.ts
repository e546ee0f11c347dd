import { catalogue } from "../../../addons/catalogue";
import { valueAt } from "../../../language/plain-map";
import { isOnFargate } from "../../addons/fargate-addons";
import { mostNodes } from "../../nodes/most-nodes";
import type { Check } from "../../rules/finding";
import { needsGroups, placesOf } from "../workers/worker-taints";

/**
 * Reports fewer nodes than replicas of Karpenter. Its chart puts each replica on another node, never on one that Karpenter created,
 * and counts as installed once all replicas but one run.
 */
export const checkKarpenterReplicas: Check = (subject) => {
  const { definition, serviceLevels } = subject;
  const { karpenter, sla } = definition.tfvars.addons;
  if (!karpenter.enabled || !needsGroups(definition) || isOnFargate(catalogue.karpenter, definition)) return [];
  const own = valueAt(karpenter.values, "replicas");
  const replicas = typeof own === "number" ? own : (serviceLevels?.[sla]?.replicas ?? 1);
  const places = placesOf(definition);
  const nodes = mostNodes(subject, places);
  const [first] = places;
  if (first === undefined || nodes === 0 || nodes >= replicas) return []; // another rule reports a cluster without nodes
  const message = `gives Karpenter ${nodes} of the ${replicas} nodes that its replicas require: each replica runs on another node, and none on a node that Karpenter creates. Raise it, or set addons.karpenter.values.replicas: ${nodes}`;
  const path = ["tfvars", "workers", definition.tfvars.workers.indexOf(first), "min_size"];
  const because = [path.slice(0, -1)];
  return [{ path, message, because, ...(nodes < replicas - 1 ? {} : { severity: "warning" as const }) }];
};

import { catalogue } from "../../../addons/catalogue";
import { hasFurtherNodes, isOnFargate } from "../../addons/fargate-addons";
import type { Definition } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import { hasAutoMode } from "../../nodes/auto-mode";
import { startSize } from "../../nodes/start-size";
import { workerKind } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";
import { atLeast, atMost, between } from "../../rules/forms";
import { needsGroups, placesOf } from "./worker-taints";

const maxSize: WorkerRule = ({ max_size, min_size }) =>
  atLeast(["max_size"], max_size, { key: "min_size", value: min_size });

const desiredSize: WorkerRule = ({ desired_size, max_size, min_size }) => {
  if (desired_size === null) return [];
  const [least, most] = [
    { key: "min_size", value: min_size },
    { key: "max_size", value: max_size },
  ];
  return between(["desired_size"], desired_size, least, most);
};

/** EKS's default quota of nodes in a managed group, which AWS raises on request. */
const NODES_OF_MANAGED_GROUP = 450;

/** Returns a warning about a size beyond the quota of a managed group. */
const quota: WorkerRule = (worker) => {
  if (workerKind(worker) !== "managed") return [];
  const scheduled = worker.scheduled_scaling.map(
    ({ max_size }, index) => [["scheduled_scaling", index, "max_size"], max_size ?? 0] as const,
  );
  return [[["max_size"], worker.max_size] as const, ...scheduled].flatMap(([path, size]): Finding[] => {
    if (size <= NODES_OF_MANAGED_GROUP) return [];
    const message = `is above EKS's default quota of ${NODES_OF_MANAGED_GROUP} nodes in a managed group. Request a higher quota, or create several groups`;
    return [{ path: [...path], message, severity: "warning" }];
  });
};

const onDemandBase: WorkerRule = ({ max_size, on_demand_base_capacity }) =>
  atMost(["on_demand_base_capacity"], on_demand_base_capacity, { key: "max_size", value: max_size });

export const checkSizes = eachWorker([maxSize, desiredSize, quota, onDemandBase]);

/**
 * Reports a cluster whose groups all start without a node. Autoscalers are pods: without a first node, none
 * runs, so there never is one, and the addons time out. A schedule would bring the first node only at its time.
 */
export const checkFirstNode: Check = ({ definition }) => {
  const { extra_charts, workers } = definition.tfvars;
  if (!needsGroups(definition)) return autoscalerWithoutNode(definition);
  if (enabledAddons(definition).length === 0 && extra_charts.length === 0) return [];
  const places = placesOf(definition);
  if (places.some((worker) => startSize(worker) > 0)) return [];
  const [first] = places;
  if (first === undefined) return []; // reported as missing capacity
  const key = first.desired_size === null ? "min_size" : "desired_size";
  const message = `leaves the cluster without a first node, so CoreDNS and the controllers, which would add nodes, never run. Set ${key} of a group of Linux nodes without taints to 1 or more${key === "min_size" ? ", or desired_size: 1, which only a new group uses" : ""}`;
  const path = ["tfvars", "workers", workers.indexOf(first)];
  return [{ path: [...path, key], message, because: [path, ["tfvars"]] }];
};

/** Reports groups without a first node, whose autoscaler has no node either although CoreDNS runs on Fargate. */
function autoscalerWithoutNode(definition: Definition): Finding[] {
  const { addons, workers } = definition.tfvars;
  const places = placesOf(definition);
  const [first] = places;
  if (first === undefined || hasFurtherNodes(definition, "cluster_autoscaler") || !addons.cluster_autoscaler.enabled)
    return [];
  if (places.some((worker) => startSize(worker) > 0) || isOnFargate(catalogue.cluster_autoscaler, definition))
    return [];
  const message =
    "leaves cluster-autoscaler without a node, so it never runs and no group ever gets one. Set it to 1 or more, or select the autoscaler with a Fargate profile (namespace kube-system)";
  return [{ path: ["tfvars", "workers", workers.indexOf(first), "min_size"], message, because: [["tfvars"]] }];
}

/** Chart that scales groups too, if a definition brings its own. */
const AUTOSCALER_CHART = "cluster-autoscaler";

/** Warns of a group that nothing scales, on a cluster without anything that adds nodes. A schedule may change its size. */
export const checkUnscaledGroups: Check = ({ definition }) => {
  const { addons, extra_charts, workers } = definition.tfvars;
  const scales =
    addons.cluster_autoscaler.enabled || extra_charts.some(({ chart }) => chart.endsWith(AUTOSCALER_CHART));
  if (scales || addons.karpenter.enabled || hasAutoMode(definition)) return [];
  const switched = ["tfvars", "addons", "cluster_autoscaler", "enabled"];
  return workers.flatMap((worker, index): Finding[] => {
    const { autoscaling, max_size, min_size, scheduled_scaling } = worker;
    const size = startSize(worker);
    if (!autoscaling || min_size === max_size || scheduled_scaling.length > 0) return [];
    const path = ["tfvars", "workers", index];
    const message = `keeps its size of ${size}, because no autoscaler is enabled. Set cluster_autoscaler_enabled: true, or autoscaling: false with the number of nodes in desired_size`;
    return [{ path: [...path, "autoscaling"], message, severity: "warning", because: [switched, path] }];
  });
};

import { isProvided, providersOf } from "../../addons/cluster-services";
import type { Worker } from "../../model/cluster";
import { buysSpot, workerKind } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import { noEffect } from "../../rules/forms";

const [DRAINER] = providersOf("node_draining");
const REMEDY = `addons.${DRAINER}_enabled: true`;

const heartbeat: WorkerRule = ({ termination_heartbeat_seconds }, { definition }) => {
  if (termination_heartbeat_seconds === null || isProvided("node_draining", definition.tfvars)) return [];
  const reason = `the addon ${DRAINER}, which drains nodes in that time, is off`;
  return [noEffect(["termination_heartbeat_seconds"], reason, `or set ${REMEDY}`)];
};

/** EC2 announces the end of a spot instance 2 minutes before, and EKS drains the nodes of managed groups only. */
const undrainedSpot: WorkerRule = (worker, { definition: { tfvars } }) => {
  if (workerKind(worker) === "managed" || !buysSpot(worker) || isProvided("node_draining", tfvars)) return [];
  const message = `buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set ${REMEDY}`;
  return [{ severity: "warning", path: [spotKey(worker)], message, because: [["name"]] }];
};

/** Returns the key that makes some nodes spot instances. */
function spotKey({ capacity_type, spot_price }: Worker): keyof Worker {
  if (spot_price !== null) return "spot_price";
  return capacity_type === "SPOT" ? "capacity_type" : "on_demand_percentage_above_base_capacity";
}

/** Nodes are drained before they end. */
export const checkTerminations = eachWorker([heartbeat, undrainedSpot]);

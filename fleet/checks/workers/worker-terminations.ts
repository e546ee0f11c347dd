import { isProvided, providersOf } from "../../addons/cluster-services";
import type { Worker } from "../../model/cluster";
import { buysSpot, workerKind } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";

const [DRAINER] = providersOf("node_draining");
const ADDON = ["tfvars", "addons", String(DRAINER), "enabled"];

const heartbeat: WorkerRule = ({ termination_heartbeat_seconds }, { definition }) => {
  if (termination_heartbeat_seconds === null || isProvided("node_draining", definition.tfvars)) return [];
  const message = `has no effect without the addon ${DRAINER}, which drains nodes in that time: enable it, or remove this`;
  return [{ path: ["termination_heartbeat_seconds"], given: [ADDON], message }];
};

/** Two minutes before a spot instance goes EC2 says so, and somebody has to listen. */
const undrainedSpot: WorkerRule = (worker, { definition: { tfvars } }) => {
  if (workerKind(worker) === "managed" || !buysSpot(worker)) return [];
  if (isProvided("node_draining", tfvars)) return [];
  const message = `is self-managed and buys spot instances, and nothing drains them before they are taken: set ${DRAINER}_enabled: true under addons`;
  return [
    {
      severity: "warning",
      path: [saysSpot(worker)],
      given: [ADDON],
      message,
    },
  ];
};

/** The key that makes some nodes spot instances. */
function saysSpot({ capacity_type, spot_price }: Worker): keyof Worker {
  if (spot_price !== null) return "spot_price";
  return capacity_type === "SPOT" ? "capacity_type" : "on_demand_percentage_above_base_capacity";
}

/** Nodes are drained before they end. */
export const checkTerminations = eachWorker([heartbeat, undrainedSpot]);

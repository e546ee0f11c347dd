import type { Worker } from "../../model/cluster";
import { canHandleTerminations, handlesTerminations, TERMINATION_HANDLER } from "../../nodes/termination-handling";
import { buysSpot, workerKind } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";

const ADDON = ["tfvars", "addons", TERMINATION_HANDLER, "enabled"];

const heartbeat: WorkerRule = ({ termination_heartbeat_seconds }, { definition }) => {
  if (termination_heartbeat_seconds === null || handlesTerminations(definition.tfvars)) return [];
  const message = `has no effect without the addon ${TERMINATION_HANDLER}, which drains nodes in that time: enable it, or remove this`;
  return [{ path: ["termination_heartbeat_seconds"], given: [ADDON], message }];
};

/** Two minutes before a spot instance goes EC2 says so, and somebody has to listen. */
const undrainedSpot: WorkerRule = (worker, { definition: { tfvars } }) => {
  if (workerKind(worker) === "managed" || !buysSpot(worker)) return [];
  if (handlesTerminations(tfvars) || !canHandleTerminations(tfvars)) return [];
  const message = `is self-managed and buys spot instances, and nothing drains them before they are taken: set ${TERMINATION_HANDLER}_enabled: true under addons`;
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

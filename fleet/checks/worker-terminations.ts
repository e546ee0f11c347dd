import { canHandleTerminations, handlesTerminations, TERMINATION_HANDLER } from "../termination-handling";
import { buysSpot, workerKind } from "../worker-kind";
import { eachWorker, type WorkerRule } from "./each-worker";

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
      path: worker.spot_price === null ? ["capacity_type"] : ["spot_price"],
      given: [ADDON],
      message,
    },
  ];
};

/** Nodes are drained before they end. */
export const checkTerminations = eachWorker([heartbeat, undrainedSpot]);

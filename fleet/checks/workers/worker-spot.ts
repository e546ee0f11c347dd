import { asksForSpot, buysSpot, workerKind } from "../../nodes/worker-kind";
import { eachWorker, usedByAnother, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";

/** What EKS does with every managed spot group, so that another strategy would have no effect there. */
const EKS_SPOT_STRATEGY = "price-capacity-optimized";
const ASKED = [["capacity_type"], ["spot_price"], ["on_demand_percentage_above_base_capacity"]];

const strategies: WorkerRule = (worker, subject) => {
  const { instance_requirements, spot_allocation_strategy: strategy, spot_instance_pools: pools } = worker;
  const path = ["spot_allocation_strategy"];
  const findings: Finding[] = [];
  if (workerKind(worker) === "managed" && buysSpot(worker) && strategy !== EKS_SPOT_STRATEGY) {
    const message = `has no effect on a managed group, for which EKS takes ${EKS_SPOT_STRATEGY}, got ${strategy}: remove it, or set kind: self_managed`;
    findings.push({ path, given: [["kind"], ["capacity_type"]], message });
  }
  if (strategy === "capacity-optimized-prioritized" && instance_requirements !== null) {
    const message = `goes by the order of instance_types, which instance_requirements do not have: take capacity-optimized`;
    findings.push({ path, given: [["instance_requirements"]], message });
  }
  if (!buysSpot(worker)) {
    const message = "has no effect on a group that buys no spot instances: remove it, or set capacity_type: SPOT";
    const unused = (["spot_allocation_strategy", "spot_instance_pools"] as const).filter(
      (key) => worker[key] !== null && !usedByAnother(worker, subject, key, buysSpot),
    );
    findings.push(...unused.map((key) => ({ own: true, path: [key], given: ASKED, message }) as const));
  } else if (pools !== null && strategy !== "lowest-price") {
    const message = `has no effect with spot_allocation_strategy ${strategy}, which chooses pools by itself: remove it, or take lowest-price`;
    findings.push({ path: ["spot_instance_pools"], given: [path], message });
  }
  return findings;
};

/** On-demand shares that say nothing, or that contradict what else is said. */
const shares: WorkerRule = (worker) => {
  const { max_size, on_demand_base_capacity: base, on_demand_percentage_above_base_capacity: share } = worker;
  const findings: Finding[] = [];
  if (worker.capacity_type === "CAPACITY_BLOCK") return findings;
  if (share === 100 && asksForSpot(worker)) {
    const message = "leaves no spot instances, which capacity_type or spot_price asks for: lower it, or buy on-demand";
    findings.push({ path: ["on_demand_percentage_above_base_capacity"], given: ASKED, message });
  } else if (base > 0 && base <= max_size && !buysSpot(worker)) {
    const message = "has no effect on a group that is all on-demand: remove it, or set capacity_type: SPOT";
    findings.push({ path: ["on_demand_base_capacity"], given: [...ASKED, ["max_size"]], message });
  }
  return findings;
};

/** What a group says of spot instances and of those that are not has an effect. */
export const checkSpot = eachWorker([strategies, shares]);

import { instancePrice } from "../../../aws/prices";
import { asksForSpot, buysSpot, workerKind } from "../../nodes/worker-kind";
import { eachWorker, usedByAnother, type WorkerRule } from "../../rules/each-worker";
import { noEffect } from "../../rules/forms";

/** The strategy of each managed spot group. EKS accepts no other. */
const EKS_SPOT_STRATEGY = "price-capacity-optimized";
const STRATEGY = ["spot_allocation_strategy"] as const;

const managedStrategy: WorkerRule = (worker) => {
  if (worker.spot_allocation_strategy === EKS_SPOT_STRATEGY) return [];
  if (workerKind(worker) !== "managed" || !buysSpot(worker)) return [];
  const reason = `EKS uses ${EKS_SPOT_STRATEGY} for managed groups`;
  return [noEffect(STRATEGY, reason, "or set kind: self_managed")];
};

const prioritized: WorkerRule = ({ instance_requirements, spot_allocation_strategy }) => {
  if (spot_allocation_strategy !== "capacity-optimized-prioritized" || instance_requirements === null) return [];
  const message =
    "capacity-optimized-prioritized requires the order of instance_types, but the group has instance_requirements. Use capacity-optimized";
  return [{ path: STRATEGY, message }];
};

const unusedSpot = (["spot_allocation_strategy", "spot_instance_pools"] as const).map(
  (key): WorkerRule =>
    (worker, subject) => {
      if (worker[key] === null || buysSpot(worker) || usedByAnother(worker, subject, key, buysSpot)) return [];
      return [{ ...noEffect([key], "the group buys no spot instances", "or set capacity_type: SPOT"), own: true }];
    },
);

const pools: WorkerRule = (worker) => {
  const { spot_allocation_strategy: strategy, spot_instance_pools } = worker;
  if (spot_instance_pools === null || strategy === "lowest-price" || !buysSpot(worker)) return [];
  const remedy = "or set spot_allocation_strategy: lowest-price";
  return [noEffect(["spot_instance_pools"], `spot_allocation_strategy is ${strategy}`, remedy)];
};

const onDemandShare: WorkerRule = (worker) => {
  const { capacity_type, on_demand_percentage_above_base_capacity: share } = worker;
  if (capacity_type === "CAPACITY_BLOCK" || share !== 100 || !asksForSpot(worker)) return [];
  const message =
    "leaves no spot instances, but capacity_type or spot_price requests them. Lower it, or buy on-demand instances";
  return [{ path: ["on_demand_percentage_above_base_capacity"], message }];
};

const onDemandBase: WorkerRule = (worker) => {
  const { capacity_type, max_size, on_demand_base_capacity: base } = worker;
  if (capacity_type === "CAPACITY_BLOCK" || base === 0 || base > max_size) return [];
  if (buysSpot(worker) || asksForSpot(worker)) return [];
  return [
    noEffect(["on_demand_base_capacity"], "all instances of the group are on-demand", "or set capacity_type: SPOT"),
  ];
};

/** The largest discount of spot instances from their on-demand price, according to AWS's page on spot instances. */
const MOST_DISCOUNT = 0.9;
const HOURS = 730;

/** Warns of a price that no spot instance has: prices are known of one region, and those of others are not lower by half. */
const tooCheap: WorkerRule = ({ capacity_type, instance_types, spot_price }) => {
  if (spot_price === null || capacity_type === "CAPACITY_BLOCK") return [];
  const prices = instance_types.map((type) => instancePrice(type)?.monthly);
  const [cheapest] = prices.includes(undefined)
    ? []
    : prices.map((monthly = 0) => monthly / HOURS).sort((a, b) => a - b);
  if (cheapest === undefined || spot_price >= (cheapest * (1 - MOST_DISCOUNT)) / 2) return [];
  const message = `buys nothing: the cheapest of instance_types costs about ${cheapest.toFixed(3)} US dollars an hour on demand, and spot instances cost at least a tenth. Raise it, or remove it to pay up to the on-demand price`;
  return [{ path: ["spot_price"], message, severity: "warning" }];
};

export const checkSpot = eachWorker([
  tooCheap,
  managedStrategy,
  prioritized,
  ...unusedSpot,
  pools,
  onDemandShare,
  onDemandBase,
]);

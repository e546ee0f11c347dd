import { operatingSystemOf } from "../../../aws/ami";
import { namedTwice } from "../../../language/twice";
import { isProvided, providersOf } from "../../addons/cluster-services";
import type { Worker } from "../../model/cluster";
import { asksForSpot } from "../../nodes/worker-kind";
import { eachItem } from "../../rules/each-item";
import { eachWorker, usedByAnother, type WorkerRule } from "../../rules/each-worker";
import { atMost, noEffect } from "../../rules/forms";

const REFRESH = "instance_refresh";

const healthy: WorkerRule = ({ instance_refresh, max_unavailable_percentage }) => {
  const most = instance_refresh?.max_healthy_percentage;
  if (most === undefined) return [];
  const least = instance_refresh?.min_healthy_percentage ?? 100 - max_unavailable_percentage;
  const key = "100 more than the minimum healthy percentage";
  return atMost([REFRESH, "max_healthy_percentage"], most, { key, value: least + 100 });
};

const checkpoints: WorkerRule = ({ instance_refresh }) => {
  const shares = instance_refresh?.checkpoint_percentages;
  if (shares === undefined) return [];
  const path = [REFRESH, "checkpoint_percentages"];
  const are = `but is ${shares.join(", ")}`;
  return [
    ...(shares.some((each, index) => index > 0 && each <= (shares[index - 1] ?? 0))
      ? [{ path, message: `must increase from item to item, ${are}` }]
      : []),
    ...(shares.at(-1) === 100
      ? []
      : [{ path, message: `must end with 100, because the refresh ends at the last checkpoint, ${are}` }]),
  ];
};

const delay: WorkerRule = ({ instance_refresh }) =>
  instance_refresh?.checkpoint_delay_seconds === undefined || instance_refresh.checkpoint_percentages !== undefined
    ? []
    : [noEffect([REFRESH, "checkpoint_delay_seconds"], "checkpoint_percentages is not set", "or set both")];

const pace: WorkerRule = (worker, subject) => {
  const key = "max_unavailable_percentage";
  const instead = insteadOfShare(worker);
  if (instead === undefined || usedByAnother(worker, subject, key, (other) => insteadOfShare(other) === undefined))
    return [];
  return [{ ...noEffect([key], `${instead} replaces it`), own: true }];
};

function insteadOfShare({ instance_refresh, max_unavailable }: Worker): string | undefined {
  if (max_unavailable !== null) return "max_unavailable";
  return instance_refresh?.min_healthy_percentage === undefined ? undefined : `${REFRESH}.min_healthy_percentage`;
}

const REPAIR = "node_repair";

const repairOfWindows: WorkerRule = (worker) =>
  worker.node_repair !== null && operatingSystemOf(worker) === "WINDOWS"
    ? [{ ...noEffect([REPAIR], "EKS repairs Linux nodes only"), own: true }]
    : [];

/** Thresholds that EKS accepts as a number or as a share. */
const threshold =
  (name: "max_unhealthy_node_threshold" | "max_parallel_nodes_repaired"): WorkerRule =>
  ({ node_repair }) => {
    const [count, share] = [`${name}_count`, `${name}_percentage`] as const;
    if (node_repair?.[count] === undefined || node_repair[share] === undefined) return [];
    return [{ path: [REPAIR, count], message: `conflicts with ${share}. Remove one of them` }];
  };

const overrides: WorkerRule = ({ node_repair }) =>
  namedTwice(
    (node_repair?.overrides ?? []).map(
      ({ node_monitoring_condition: condition, node_unhealthy_reason: reason }) => `${condition}/${reason}`,
    ),
    [REPAIR, "overrides"],
  );

const conditions: WorkerRule = (worker, { definition }) => {
  const { node_repair } = worker;
  if ((node_repair?.overrides ?? []).length === 0 || operatingSystemOf(worker) === "WINDOWS") return [];
  if (isProvided("node_conditions", definition.tfvars)) return [];
  const [agent] = providersOf("node_conditions");
  const finding = noEffect(
    [REPAIR, "overrides"],
    `the addon ${agent}, which sets these conditions, is off`,
    `or set addons.${agent}_enabled: true`,
  );
  return [{ ...finding, severity: "warning" }];
};

const POOL = "warm_pool";
const NO_MIX = "because Auto Scaling prepares only on-demand instances of one type";

/** Returns a rule that refuses a warm pool beside another setting, named in the rule's message. */
const notWarm =
  (why: string, conflict: (worker: Worker) => string | undefined): WorkerRule =>
  (worker) => {
    const setting = worker.warm_pool === null ? undefined : conflict(worker);
    if (setting === undefined) return [];
    return [{ path: [POOL], message: `conflicts with ${setting}, ${why}. Remove one of them` }];
  };

const preparedSize: WorkerRule = ({ max_size, warm_pool }) => {
  if (warm_pool === null) return [];
  const { max_group_prepared_capacity: most, min_size } = warm_pool;
  const bound =
    most === undefined ? { key: "max_size", value: max_size } : { key: "max_group_prepared_capacity", value: most };
  return atMost([POOL, "min_size"], min_size, bound);
};

const SUSPENDED = "suspended_processes";

const suspendedTwice: WorkerRule = ({ suspended_processes }) => namedTwice(suspended_processes, [SUSPENDED]);

const suspended: WorkerRule = (worker) =>
  eachItem([SUSPENDED], worker.suspended_processes, [
    (process) => {
      if ((process !== "Launch" && process !== "Terminate") || !worker.autoscaling) return [];
      const message = `conflicts with cluster-autoscaler, which resizes the group through ${process}. Remove it, or set autoscaling: false`;
      return [{ path: [], message }];
    },
    (process) =>
      process === "ScheduledActions" && worker.scheduled_scaling.length > 0
        ? [{ path: [], message: "conflicts with scheduled_scaling. Remove one of them" }]
        : [],
  ]);

/** Nodes are replaced in a way that EKS and Auto Scaling support, and no setting of it is without effect. */
export const checkRolling = eachWorker([
  healthy,
  checkpoints,
  delay,
  pace,
  repairOfWindows,
  threshold("max_unhealthy_node_threshold"),
  threshold("max_parallel_nodes_repaired"),
  overrides,
  conditions,
  notWarm(NO_MIX, (worker) => (asksForSpot(worker) ? "spot instances" : undefined)),
  notWarm(NO_MIX, ({ instance_requirements, instance_types }) => {
    if (instance_requirements !== null) return "instance_requirements";
    return instance_types.length > 1 ? `${instance_types.length} instance_types` : undefined;
  }),
  ...(["on_demand_percentage_above_base_capacity", "on_demand_allocation_strategy"] as const).map((key) =>
    notWarm(NO_MIX, (worker) => (worker[key] === null ? undefined : key)),
  ),
  notWarm(NO_MIX, (worker) => (worker.on_demand_base_capacity > 0 ? "on_demand_base_capacity" : undefined)),
  notWarm(NO_MIX, (worker) => (Object.keys(worker.instance_weights).length > 0 ? "instance_weights" : undefined)),
  notWarm("because only the bootstrap of Amazon Linux 2023 can wait", (worker) =>
    operatingSystemOf(worker) === "AL2023" ? undefined : `ami_type: ${worker.ami_type}`,
  ),
  preparedSize,
  suspendedTwice,
  suspended,
]);

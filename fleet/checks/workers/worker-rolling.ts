import { operatingSystemOf } from "../../../aws/ami";
import { isProvided, providersOf } from "../../addons/cluster-services";
import type { Worker } from "../../model/cluster";
import { asksForSpot } from "../../nodes/worker-kind";
import { eachWorker, usedByAnother, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";

const REFRESH = "instance_refresh";

const refresh: WorkerRule = ({ instance_refresh, max_unavailable_percentage }) => {
  if (instance_refresh === null) return [];
  const { checkpoint_delay_seconds, checkpoint_percentages, max_healthy_percentage } = instance_refresh;
  const least = instance_refresh.min_healthy_percentage ?? 100 - max_unavailable_percentage;
  const findings: Finding[] = [];
  if (max_healthy_percentage !== undefined && max_healthy_percentage - least > 100) {
    findings.push({
      path: [REFRESH, "max_healthy_percentage"],
      given: [[REFRESH, "min_healthy_percentage"], ["max_unavailable_percentage"]],
      message: `must be at most 100 above the least healthy (${least}), got ${max_healthy_percentage}`,
    });
  }
  if (checkpoint_percentages?.some((each, index) => index > 0 && each <= (checkpoint_percentages[index - 1] ?? 0))) {
    const message = `must each be above the one before, got ${checkpoint_percentages.join(", ")}`;
    findings.push({ path: [REFRESH, "checkpoint_percentages"], message });
  }
  if (checkpoint_percentages !== undefined && checkpoint_percentages.at(-1) !== 100) {
    const message = `must end with 100, or the refresh ends before the last nodes, got ${checkpoint_percentages.join(", ")}`;
    findings.push({ path: [REFRESH, "checkpoint_percentages"], message });
  }
  if (checkpoint_delay_seconds !== undefined && checkpoint_percentages === undefined) {
    const message = "has no effect without checkpoint_percentages: add them, or remove it";
    findings.push({ path: [REFRESH, "checkpoint_delay_seconds"], message });
  }
  return findings;
};

const pace: WorkerRule = (worker, subject) => {
  const instead = insteadOfShare(worker);
  const key = "max_unavailable_percentage";
  if (instead === undefined || usedByAnother(worker, subject, key, (other) => insteadOfShare(other) === undefined))
    return [];
  const message = `has no effect beside ${instead.join(".")}, which takes its place: keep one`;
  return [{ own: true, path: [key], given: [instead], message }];
};

function insteadOfShare({ instance_refresh, max_unavailable }: Worker): string[] | undefined {
  if (max_unavailable !== null) return ["max_unavailable"];
  return instance_refresh?.min_healthy_percentage === undefined ? undefined : [REFRESH, "min_healthy_percentage"];
}

const REPAIR = "node_repair";

/** Of each EKS takes the number or the share. */
const THRESHOLDS = [
  ["max_unhealthy_node_threshold_count", "max_unhealthy_node_threshold_percentage"],
  ["max_parallel_nodes_repaired_count", "max_parallel_nodes_repaired_percentage"],
] as const;

const repair: WorkerRule = (worker, { definition }) => {
  const { ami_type, node_repair } = worker;
  if (node_repair === null) return [];
  if (operatingSystemOf(worker) === "WINDOWS") {
    const message = `has no effect on nodes of ${ami_type}: EKS repairs nodes of Linux only. Remove it`;
    return [{ path: [REPAIR], given: [["ami_type"], ["ami_family"]], message }];
  }
  const findings: Finding[] = THRESHOLDS.filter(
    ([count, share]) => node_repair[count] !== undefined && node_repair[share] !== undefined,
  ).map(([count, share]) => ({
    path: [REPAIR, count],
    given: [[REPAIR, share]],
    message: `excludes ${share}, which is there too: keep one`,
  }));
  const ids = (node_repair.overrides ?? []).map(
    (each) => `${each.node_monitoring_condition}/${each.node_unhealthy_reason}`,
  );
  ids.forEach((id, index) => {
    if (ids.indexOf(id) === index) return;
    findings.push({ path: [REPAIR, "overrides", index], message: `is the second override for ${id}: keep one` });
  });
  if (ids.length > 0 && !isProvided("node_conditions", definition.tfvars)) {
    const [agent] = providersOf("node_conditions");
    const message = `has no effect without the addon ${agent}, which sets these conditions: set ${agent}_enabled: true under addons, or remove it`;
    const given = providersOf("node_conditions").map((name) => ["tfvars", "addons", name, "enabled"]);
    findings.push({ path: [REPAIR, "overrides"], given, message, severity: "warning" });
  }
  return findings;
};

const POOL = "warm_pool";

const warmPool: WorkerRule = (worker) => {
  const { ami_type, instance_types, max_size, warm_pool } = worker;
  if (warm_pool === null) return [];
  const findings: Finding[] = [];
  const excluded = (setting: string, given: string, why: string) =>
    findings.push({ path: [POOL], given: [[given]], message: `cannot be with ${setting}, ${why}: remove one of them` });
  const noMix = "because Auto Scaling prepares on-demand instances of one type only";
  if (asksForSpot(worker)) excluded("spot instances", "capacity_type", noMix);
  if (worker.instance_requirements !== null) excluded("instance_requirements", "instance_requirements", noMix);
  else if (instance_types.length > 1) excluded(`${instance_types.length} instance_types`, "instance_types", noMix);
  for (const key of ["on_demand_percentage_above_base_capacity", "on_demand_allocation_strategy"] as const) {
    if (worker[key] !== null) excluded(key, key, noMix);
  }
  if (worker.on_demand_base_capacity > 0) excluded("on_demand_base_capacity", "on_demand_base_capacity", noMix);
  if (Object.keys(worker.instance_weights).length > 0) excluded("instance_weights", "instance_weights", noMix);
  if (operatingSystemOf(worker) !== "AL2023") {
    excluded(`ami_type ${ami_type}`, "ami_type", "whose bootstrap cannot wait: only that of Amazon Linux 2023 can");
  }
  const { max_group_prepared_capacity: most, min_size } = warm_pool;
  if (min_size > (most ?? max_size)) {
    findings.push({
      path: [POOL, "min_size"],
      given: [["max_size"]],
      message: `must be at most ${most === undefined ? "max_size" : "max_group_prepared_capacity"} (${most ?? max_size}), got ${min_size}`,
    });
  }
  return findings;
};

const processes: WorkerRule = ({ autoscaling, scheduled_scaling, suspended_processes }) =>
  suspended_processes.flatMap((process, index): Finding[] => {
    const path = ["suspended_processes", index];
    if (suspended_processes.indexOf(process) < index) {
      return [{ path, message: `names ${process} twice: name each process once` }];
    }
    if (autoscaling && (process === "Launch" || process === "Terminate")) {
      const message = `${process} is what cluster-autoscaler resizes the group by: remove it, or set autoscaling: false`;
      return [{ path, given: [["autoscaling"]], message }];
    }
    if (process === "ScheduledActions" && scheduled_scaling.length > 0) {
      const message = "ScheduledActions is what scheduled_scaling needs: remove one of them";
      return [{ path, given: [["scheduled_scaling"]], message }];
    }
    return [];
  });

/** How nodes are replaced: what is said can be done, and has an effect. */
export const checkRolling = eachWorker([refresh, pace, repair, warmPool, processes]);

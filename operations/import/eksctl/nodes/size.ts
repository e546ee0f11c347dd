import type { GroupTranslation } from "./group-translation";

const DEFAULT_NODES = 2;
const SECONDS_IN_A_DAY = 24 * 60 * 60;

/** Translates the numbers of nodes, as eksctl completes them, and how nodes are replaced. */
export function translateSize({ config, group, item, managed }: GroupTranslation): void {
  const written = {
    desired: group.at("desiredCapacity").number(),
    min: group.at("minSize").number(),
    max: group.at("maxSize").number(),
  };
  const min = written.min ?? written.desired ?? DEFAULT_NODES;
  const max = written.max ?? Math.max(written.desired ?? min, 1);
  const isDefault = written.desired === undefined && written.min === undefined && written.max === undefined;
  const scaled = ["nodeGroups", "managedNodeGroups"]
    .flatMap((list) => config.at(list).items())
    .some((each) => each.at("iam", "withAddonPolicies", "autoScaler").peek() === true);
  item.set("autoscaling", scaled ? undefined : false, "nothing changes the number of nodes");
  item.set("min_size", min, isDefault ? "eksctl's default" : undefined);
  item.set("max_size", max);
  const desired = written.desired ?? min;
  item.set("desired_size", desired === min ? undefined : desired);

  const update = group.at("updateConfig");
  if (managed) {
    item.set("max_unavailable", update.at("maxUnavailable").number());
    item.set("max_unavailable_percentage", update.at("maxUnavailablePercentage").number());
    if (!update.isSet) item.set("max_unavailable", 1, "EKS's default");
  } else update.skip("Auto Scaling groups have no such setting; eksctl ignores it");
  repair(group.at("nodeRepairConfig"), item);
  const lifetime = group.at("maxInstanceLifetime").number();
  item.set("max_instance_lifetime_days", lifetime === undefined ? undefined : Math.ceil(lifetime / SECONDS_IN_A_DAY));
  const suspended = group.at("asgSuspendProcesses");
  if (managed) suspended.leave("EKS owns the Auto Scaling group of a managed group");
  else item.set("suspended_processes", suspended.texts());
  const metrics = group.at("asgMetricsCollection").items();
  const names = metrics.flatMap((each) => {
    each.at("granularity").skip("always one minute, as Auto Scaling has no other");
    return each.at("metrics").texts() ?? [];
  });
  item.set("enabled_metrics", names.length === 0 ? undefined : names);
  if (metrics.length > 0 && names.length === 0)
    group.at("asgMetricsCollection").leave("stands for every metric: list them in enabled_metrics");
}

/** Names of repair actions that eksctl's examples use, in the words of EKS. */
const ACTIONS: Readonly<Record<string, string>> = { Terminate: "Replace", Restart: "Reboot" };

function repair(config: GroupTranslation["group"], item: GroupTranslation["item"]): void {
  const enabled = config.at("enabled").flag();
  if (enabled !== true) {
    // The platform of a tier may set it.
    item.set("node_repair", null, "eksctl's default");
    if (config.isSet) config.skip("node repair is not enabled");
    return;
  }
  const overrides = config
    .at("nodeRepairConfigOverrides")
    .items()
    .map((each) => {
      const action = each.at("repairAction").text() ?? "";
      return {
        node_monitoring_condition: each.at("nodeMonitoringCondition").text(),
        node_unhealthy_reason: each.at("nodeUnhealthyReason").text(),
        min_repair_wait_time_mins: each.at("minRepairWaitTimeMins").number(),
        repair_action: ACTIONS[action] ?? action,
      };
    });
  const settings = {
    max_unhealthy_node_threshold_count: config.at("maxUnhealthyNodeThresholdCount").number(),
    max_unhealthy_node_threshold_percentage: config.at("maxUnhealthyNodeThresholdPercentage").number(),
    max_parallel_nodes_repaired_count: config.at("maxParallelNodesRepairedCount").number(),
    max_parallel_nodes_repaired_percentage: config.at("maxParallelNodesRepairedPercentage").number(),
    overrides: overrides.length === 0 ? undefined : overrides,
  };
  item.set("node_repair", Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)));
}

import { addonSettings } from "../../model/enabled-addons";
import { hasAutoMode, hasHybridNodes, isAutoModeOnly } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

const CLUSTER = ["tfvars", "cluster"] as const;
const AUTO_MODE = [...CLUSTER, "auto_mode"] as const;

function besideGroups(): Finding {
  const message =
    "is for clusters whose nodes are all Auto Mode's: beside groups of nodes, addons create classes with these names. Remove it";
  return { path: [...AUTO_MODE, "default_classes"], given: [["tfvars", "workers"]], message };
}

/** Auto Mode has nodes, and what it brings along is not installed again. */
export const checkAutoMode: Check = ({ definition }) => {
  const { custom_node_classes, default_classes, enabled, node_pools } = definition.tfvars.cluster.auto_mode;
  if (enabled === false) return [];
  if (enabled === null) {
    const message = "has no effect while auto_mode.enabled is null: remove it, or enable Auto Mode";
    return (["custom_node_classes", "default_classes"] as const)
      .filter((key) => definition.tfvars.cluster.auto_mode[key])
      .map((key) => ({ path: [...AUTO_MODE, key], given: [[...AUTO_MODE, "enabled"]], message }));
  }
  const findings: Finding[] = node_pools.flatMap((pool, index) =>
    node_pools.indexOf(pool) < index
      ? [{ path: [...AUTO_MODE, "node_pools", index], message: `names ${pool} twice: name each pool once` }]
      : [],
  );
  if (node_pools.length === 0 && !custom_node_classes) {
    findings.push({
      path: [...AUTO_MODE, "node_pools"],
      given: [[...AUTO_MODE, "custom_node_classes"]],
      message: "leaves Auto Mode without a role for nodes: name a pool, or set custom_node_classes: true",
    });
  }
  if (!isAutoModeOnly(definition)) return [...findings, ...(default_classes ? [besideGroups()] : [])];
  const given = [
    [...AUTO_MODE, "enabled"],
    ["tfvars", "workers"],
  ];
  return [
    ...findings,
    ...addonSettings(definition).flatMap(({ addon, name }): Finding[] => {
      const why = addon.auto_mode_brings;
      if (why === undefined || (addon.hybrid_nodes_need_it && hasHybridNodes(definition))) return [];
      const message = `is not needed where all nodes are Auto Mode's, which ${why}: set ${name}_enabled: false`;
      return [{ path: ["tfvars", "addons", name, "enabled"], given, message }];
    }),
  ];
};

/** Whether Auto Mode has nodes for what tolerates no taints: its pool `system` is tainted. That it has no pool is told above. */
export function autoModeRunsAnything({ tfvars }: Parameters<typeof hasAutoMode>[0]): boolean {
  const { custom_node_classes, node_pools } = tfvars.cluster.auto_mode;
  const tainted = node_pools.length > 0 && !node_pools.includes("general-purpose");
  return hasAutoMode({ tfvars }) && (custom_node_classes || !tainted);
}

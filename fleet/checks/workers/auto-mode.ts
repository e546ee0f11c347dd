import { enabledAddons } from "../../model/enabled-addons";
import { hasAutoMode, hasHybridNodes, isAutoModeOnly } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

const CLUSTER = ["tfvars", "cluster"] as const;
const AUTO_MODE = [...CLUSTER, "auto_mode"] as const;

/** Addons that do what Auto Mode does on its nodes, and what that is. */
export const BROUGHT: Readonly<Record<string, string>> = {
  coredns: "runs DNS on every node",
  aws_ebs_csi_driver: "has a driver of volumes of its own, ebs.csi.eks.amazonaws.com",
  aws_load_balancer_controller: "makes load balancers itself, for the class eks.amazonaws.com/alb",
  cluster_autoscaler: "adds and removes nodes itself",
  karpenter: "is Karpenter, run by AWS",
  nodelocal_dns: "runs DNS on every node",
  nvidia_device_plugin: "brings the plugin of its GPU nodes",
  aws_node_termination_handler: "drains its nodes itself",
  eks_node_monitoring_agent: "watches its nodes itself",
  kured: "replaces its nodes by newer ones, and their disks cannot be written",
};

/** Of them, what hybrid nodes beside Auto Mode's lack. */
const FOR_HYBRID_NODES: readonly string[] = ["coredns", "eks_node_monitoring_agent", "kured"];

function besideGroups(): Finding {
  const message =
    "is for clusters whose nodes are all Auto Mode's: beside groups of nodes, aws_ebs_csi_driver and aws_load_balancer_controller make classes of these names. Remove it";
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
    ...enabledAddons(definition).flatMap((addon): Finding[] => {
      const why = BROUGHT[addon];
      if (why === undefined || (FOR_HYBRID_NODES.includes(addon) && hasHybridNodes(definition))) return [];
      const message = `is not needed where all nodes are Auto Mode's, which ${why}: set ${addon}_enabled: false`;
      return [{ path: ["tfvars", "addons", addon, "enabled"], given, message }];
    }),
  ];
};

/** Whether Auto Mode has nodes for what tolerates no taints: its pool `system` is tainted. That it has no pool is told above. */
export function autoModeRunsAnything({ tfvars }: Parameters<typeof hasAutoMode>[0]): boolean {
  const { custom_node_classes, node_pools } = tfvars.cluster.auto_mode;
  const tainted = node_pools.length > 0 && !node_pools.includes("general-purpose");
  return hasAutoMode({ tfvars }) && (custom_node_classes || !tainted);
}

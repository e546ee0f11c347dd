import { namedTwice } from "../../../language/twice";
import { addonSettings } from "../../model/enabled-addons";
import { hasAutoMode, hasHybridNodes, isAutoModeOnly } from "../../nodes/auto-mode";
import type { Check } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const AUTO_MODE = ["tfvars", "cluster", "auto_mode"] as const;

const withoutAutoMode = (["custom_node_classes", "default_classes"] as const).map(
  (key): Check =>
    ({ definition }) => {
      const { auto_mode } = definition.tfvars.cluster;
      if (auto_mode.enabled !== null || !auto_mode[key]) return [];
      return [noEffect([...AUTO_MODE, key], "auto_mode.enabled is null", "or set auto_mode.enabled: true")];
    },
);

const pools: Check = ({ definition }) =>
  hasAutoMode(definition)
    ? namedTwice(definition.tfvars.cluster.auto_mode.node_pools, [...AUTO_MODE, "node_pools"])
    : [];

const role: Check = ({ definition }) => {
  const { custom_node_classes, node_pools } = definition.tfvars.cluster.auto_mode;
  if (!hasAutoMode(definition) || node_pools.length > 0 || custom_node_classes) return [];
  const message = "leaves Auto Mode without a role for its nodes. Add a pool, or set custom_node_classes: true";
  return [{ path: [...AUTO_MODE, "node_pools"], message, because: [[...AUTO_MODE, "enabled"]] }];
};

const defaultClasses: Check = ({ definition }) => {
  if (!hasAutoMode(definition) || isAutoModeOnly(definition)) return [];
  if (!definition.tfvars.cluster.auto_mode.default_classes) return [];
  const message =
    "requires a cluster whose nodes are all Auto Mode's, because addons create classes with the same names for other nodes. Remove it";
  return [{ path: [...AUTO_MODE, "default_classes"], message }];
};

const addons: Check = ({ definition }) =>
  isAutoModeOnly(definition)
    ? addonSettings(definition).flatMap(({ addon, name }) => {
        const why = addon.auto_mode_brings;
        if (why === undefined || (addon.hybrid_nodes_need_it && hasHybridNodes(definition))) return [];
        const message = `is not needed because all nodes are Auto Mode's, which ${why}. Set ${name}_enabled: false`;
        return [{ path: ["tfvars", "addons", name, "enabled"], message, because: [[...AUTO_MODE, "enabled"]] }];
      })
    : [];

/** Auto Mode has nodes, and nothing that it includes is installed a second time. */
export const autoModeRules: readonly Check[] = [...withoutAutoMode, pools, role, defaultClasses, addons];

/** True if Auto Mode has nodes for pods without tolerations: its pool `system` is tainted. No pool at all is reported above. */
export function autoModeRunsAnything({ tfvars }: Parameters<typeof hasAutoMode>[0]): boolean {
  const { custom_node_classes, node_pools } = tfvars.cluster.auto_mode;
  const tainted = node_pools.length > 0 && !node_pools.includes("general-purpose");
  return hasAutoMode({ tfvars }) && (custom_node_classes || !tainted);
}

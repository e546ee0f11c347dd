import { volumesAdvice } from "../../../addons/parts/volumes";
import { isProvided } from "../../addons/cluster-services";
import { ofEachAddon } from "../../model/enabled-addons";
import { hasAutoModeClasses, isAutoModeOnly } from "../../nodes/auto-mode";
import { nodeFacts } from "../../nodes/node-facts";
import type { Check, Finding } from "../../rules/finding";

/**
 * Warns of an addon that keeps its data in its pods, if nodes run them that could mount volumes. Machines outside of AWS mount none. The warning is not at the switch, because a platform leaves out an addon whose switch has one.
 */
export const checkLostData: Check = ({ definition }) => {
  const { tfvars } = definition;
  if (isProvided("block_volumes", tfvars) || hasAutoModeClasses(definition)) return [];
  const auto_mode_only = isAutoModeOnly(definition);
  if (!auto_mode_only && nodeFacts(tfvars).operating_systems.length === 0) return [];
  return ofEachAddon(definition, ({ addon, name, options }): Finding[] => {
    const lost = addon.loses_without_volume?.(options);
    if (lost === undefined) return [];
    const message = `has no effect because nothing provides volumes, so ${name} loses ${lost} whenever its pod moves. To fix this, ${volumesAdvice({ auto_mode_only })}`;
    return [{ path: ["tfvars", "addons", name, "options", "volume_gib"], message, severity: "warning" }];
  });
};

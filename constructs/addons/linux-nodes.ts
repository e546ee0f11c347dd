import type { AddonContext } from "../../addons/contract/addon-context";
import { LINUX } from "../../addons/parts/pods";
import { isMap } from "../../language/plain-map";

/**
 * Values or an object as they must be on this cluster: EKS taints no Windows nodes, and a pod that names no operating system may
 * be put there and never start. Every chart of ours has `nodeSelector` beside `tolerations`, as a pod has, so whatever of
 * them says the one gets the other. Where there are no Windows nodes nothing changes, and so no pod is replaced.
 */
export function keptToLinux<Values>(
  values: Values,
  { operating_systems }: Pick<AddonContext, "operating_systems">,
): Values {
  return operating_systems.includes("WINDOWS") ? (withSelector(values) as Values) : values;
}

function withSelector(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSelector);
  if (!isMap(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSelector(item)]));
  if (!("tolerations" in inner)) return inner;
  const { nodeSelector } = inner;
  return { ...inner, nodeSelector: { ...LINUX, ...(isMap(nodeSelector) ? nodeSelector : {}) } };
}

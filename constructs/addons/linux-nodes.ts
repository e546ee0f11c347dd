import type { AddonContext } from "../../addons/contract/addon-context";
import { LINUX } from "../../addons/parts/pods";
import { isMap } from "../../language/plain-map";

/**
 * Returns values or objects with a node selector for Linux if the cluster has Windows nodes. EKS does not taint Windows nodes, so a
 * pod without a selector can be scheduled there and never start. All charts have `nodeSelector` beside `tolerations`, as pods do, so
 * it is added wherever there are tolerations. Without Windows nodes nothing changes, so no pod is replaced.
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
  return { ...inner, nodeSelector: { ...LINUX, ...(isMap(nodeSelector) && nodeSelector) } };
}

import type { Path } from "../../../language/yaml/tree";
import type { Check, Finding } from "../../rules/finding";

const ADAPTER: Path = ["tfvars", "addons", "prometheus_adapter"];

/** APIs of metrics of which a cluster has one server, by the rules that make prometheus_adapter claim them. */
const SERVED = [
  { rules: "external", api: "v1beta1.external.metrics.k8s.io", by: "keda" },
  { rules: "resource", api: "v1beta1.metrics.k8s.io", by: "metrics_server" },
] as const;

/** No API of metrics is claimed twice: the second Helm release would find an APIService that is another's, and fail. */
export const checkMetricsApis: Check = ({ definition }) => {
  const { addons } = definition.tfvars;
  const { enabled, values } = addons.prometheus_adapter;
  if (!enabled) return [];
  const rules = (values["rules"] ?? {}) as Readonly<Record<string, object | null | undefined>>;
  return SERVED.filter(({ rules: key, by }) => addons[by].enabled && Object.keys(rules[key] ?? {}).length > 0).map(
    ({ rules: key, api, by }): Finding => ({
      path: [...ADAPTER, "values", "rules", key],
      given: [["tfvars", "addons", by, "enabled"]],
      message: `claims the API ${api}, which ${by} serves: remove it, or set ${by}_enabled: false`,
    }),
  );
};

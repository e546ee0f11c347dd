import { valueAt } from "../../../language/plain-map";
import type { Path } from "../../../language/yaml/tree";
import type { Check, Finding } from "../../rules/finding";

/** Addons of which a cluster has one: the webhooks, APIs and kinds of a second one are the first one's already. */
const ONE_OF_A_KIND = [
  "aws_load_balancer_controller",
  "cert_manager",
  "cluster_autoscaler",
  "external_secrets",
  "karpenter",
  "keda",
  "kube_prometheus_stack",
  "kyverno",
  "metrics_server",
  "secrets_store_csi_driver",
  "velero",
  "vertical_pod_autoscaler",
] as const;

type Single = (typeof ONE_OF_A_KIND)[number];

/** Charts that install the same under another name. */
const ALSO: Readonly<Record<string, Single>> = { vpa: "vertical_pod_autoscaler" };

/** Switches in an addon's values that bring another addon along. */
const WITHIN = [
  { of: "goldilocks", chart: undefined, at: ["vpa", "enabled"], brings: "vertical_pod_autoscaler" },
  { of: "goldilocks", chart: undefined, at: ["metrics-server", "enabled"], brings: "metrics_server" },
  {
    of: "secrets_store_csi_driver",
    chart: "secrets_store_csi_driver_provider_aws",
    at: ["secrets-store-csi-driver", "install"],
    brings: "secrets_store_csi_driver",
  },
] as const;

/** Nothing of which a cluster has one is installed by an extra chart, or by values of another addon, too. */
export const checkInstalledOnce: Check = ({ definition, release }) => {
  const { addons, extra_charts } = definition.tfvars;
  const installed = ONE_OF_A_KIND.filter((name) => addons[name].enabled);
  const extras = extra_charts.flatMap(({ chart }, index): Finding[] => {
    const addon = installed.find((name) => release?.charts[name]?.chart === chart || ALSO[chart] === name);
    if (addon === undefined) return [];
    const message = `is what the addon ${addon} installs, and a cluster has one: remove it, or set ${addon}_enabled: false`;
    return [
      { path: ["tfvars", "extra_charts", index, "chart"], given: [["tfvars", "addons", addon, "enabled"]], message },
    ];
  });
  const within = WITHIN.flatMap(({ at, brings, chart, of }): Finding[] => {
    if (!addons[of].enabled || !addons[brings].enabled) return [];
    const section = addons[of] as {
      readonly values: object;
      readonly further_values?: Readonly<Record<string, object>>;
    };
    const values = chart === undefined ? section.values : section.further_values?.[chart];
    if (valueAt(values, ...at) !== true) return [];
    const path: Path = [
      "tfvars",
      "addons",
      of,
      ...(chart === undefined ? ["values"] : ["further_values", chart]),
      ...at,
    ];
    return [{ path, message: `installs what the addon ${brings} installs, and a cluster has one: remove it` }];
  });
  return [...extras, ...within];
};

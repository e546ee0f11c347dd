import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import type { AddonContext, AddonSubject, ServiceLevel } from "../../addons/contract/addon-context";
import { mergeValues } from "../../addons/contract/merge-values";
import { type Pods, podsOf } from "../../addons/contract/workload";
import type { AddonSettings } from "../model/enabled-addons";

/**
 * Returns the pods of an addon with their requests; undefined if its values do not contain the requests of any pod. No request
 * depends on a value that exists only after an apply.
 */
export function platformPods(
  { further_values = {}, name, options, values: own }: AddonSettings,
  { serviceLevel, subject }: { readonly subject: AddonSubject; readonly serviceLevel: ServiceLevel },
): readonly Pods[] | undefined {
  const addon: Addon = catalogue[name];
  const { workloads = [] } = addon;
  if (workloads.length === 0) return undefined;
  const context: AddonContext = { ...subject, cluster_dns_ip: "", vpc_id: "", service_level: serviceLevel };
  const ofChart = (chart: string | undefined) => workloads.filter((each) => each.chart === chart);
  const charts = addon.kind === "helm" ? (addon.further_charts ?? []) : [];
  return [
    ...podsOf(ofChart(undefined), mergeValues(addon.values(context, options), own)),
    ...charts
      .filter(({ included }) => included?.(context, options) ?? true)
      .flatMap(({ chart, values }) =>
        podsOf(ofChart(chart), mergeValues(values(context, options), further_values[chart] ?? {})),
      ),
  ];
}

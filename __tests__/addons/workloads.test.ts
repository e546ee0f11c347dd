import { catalogue } from "../../addons/catalogue";
import type { Addon, Values } from "../../addons/contract/addon";
import type { Workload } from "../../addons/contract/workload";
import { valueAt } from "../../language/plain-map";
import { bytesOf, millicpusOf } from "../../language/words/quantity";
import { contextOf, optionsOf } from "./support/context";

const context = contextOf({ enabled: ["aws_ebs_csi_driver"] });

/** Options with which an addon runs the parts that it does not run by default. */
const VARIANTS: Readonly<Record<string, readonly Values[]>> = { loki: [{ deployment_mode: "simple_scalable" }] };

/** Returns the values of the chart of a workload, by default and with each variant of the options. */
function valuesOf(addon: Addon, { chart }: Workload): readonly unknown[] {
  return [{}, ...(VARIANTS[addon.name] ?? [])].map((differences) => {
    const options = optionsOf(addon, differences);
    const further = addon.kind === "helm" ? (addon.further_charts ?? []) : [];
    return chart === undefined
      ? addon.values(context, options)
      : further.find((each) => each.chart === chart)?.values(context, options);
  });
}

const ADDONS: readonly Addon[] = Object.values(catalogue);
const workloads = ADDONS.flatMap((addon) =>
  (addon.workloads ?? []).map((workload, index) => [addon.name, index, addon, workload] as const),
);

test.each(workloads)(
  "%s, workload %d: its values contain the paths that the addon names",
  (_name, _index, addon, workload) => {
    const all = valuesOf(addon, workload);
    const at = (path: string): unknown =>
      all.map((values) => valueAt(values, ...path.split("."))).find((value) => value !== undefined);

    for (const path of workload.containers) {
      expect([path, millicpusOf(String(at(`${path}.requests.cpu`)))]).toEqual([path, expect.any(Number)]);
      expect([path, bytesOf(String(at(`${path}.requests.memory`)))]).toEqual([path, expect.any(Number)]);
    }
    for (const path of [workload.pods, workload.if]) {
      if (path !== undefined && path !== "node") expect([path, at(path)]).toEqual([path, expect.anything()]);
    }
    if (workload.volume !== undefined) expect(bytesOf(String(at(workload.volume)))).toEqual(expect.any(Number));
  },
);

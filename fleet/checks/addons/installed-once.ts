import { valueAt } from "../../../language/plain-map";
import { addonSettings } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import type { Check, Finding } from "../../rules/finding";

/** Refuses an extra chart, or a switch in an addon's values, that installs an enabled addon a second time. */
export const checkInstalledOnce: Check = (subject) => [...byExtraCharts(subject), ...byValues(subject)];

function byExtraCharts({ definition, release }: Subject): Finding[] {
  const installed = addonSettings(definition).filter(({ addon }) => addon.singleton);
  return definition.tfvars.extra_charts.flatMap(({ chart }, index): Finding[] => {
    const twin = installed.find(
      ({ addon, name }) => release?.charts[name]?.chart === chart || addon.installed_also?.charts?.includes(chart),
    );
    if (twin === undefined) return [];
    const message = `is what the addon ${twin.name} installs, and a cluster has one: remove it, or set ${twin.name}_enabled: false`;
    const given = [["tfvars", "addons", twin.name, "enabled"]];
    return [{ path: ["tfvars", "extra_charts", index, "chart"], given, message }];
  });
}

function byValues({ definition }: Subject): Finding[] {
  const enabled = addonSettings(definition);
  return enabled.flatMap(({ addon, further_values, name, values }) =>
    (addon.install_switches ?? []).flatMap(({ chart, installs, path }): Finding[] => {
      if (!enabled.some((other) => other.name === installs)) return [];
      const from = chart === undefined ? values : further_values?.[chart];
      if (valueAt(from, ...path) !== true) return [];
      const section = chart === undefined ? ["values"] : ["further_values", chart];
      const message = `installs what the addon ${installs} installs, and a cluster has one: remove it`;
      return [{ path: ["tfvars", "addons", name, ...section, ...path], message }];
    }),
  );
}

import type { AddonName } from "../../../addons/catalogue";
import { valueAt } from "../../../language/plain-map";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

/** Refuses an extra chart, or a switch in an addon's values, that installs an enabled addon a second time. */
export const checkInstalledOnce: Check = (subject) => [...byExtraCharts(subject), ...byValues(subject)];

function byExtraCharts({ definition, release }: Subject): Finding[] {
  const installed = ofEachAddon(definition, (settings) => (settings.addon.singleton ? [settings] : []));
  return eachItem(["tfvars", "extra_charts"], definition.tfvars.extra_charts, [
    ({ chart }) => {
      const twin = installed.find(
        ({ addon, name }) => release?.charts[name]?.chart === chart || addon.installed_also?.charts?.includes(chart),
      );
      if (twin === undefined) return [];
      const message = `installs the same as the addon ${twin.name}. Remove it, or set ${twin.name}_enabled: false`;
      return [{ path: ["chart"], message }];
    },
  ]);
}

function byValues({ definition }: Subject): Finding[] {
  const { addons } = definition.tfvars;
  return ofEachAddon(definition, ({ addon, further_values, name, values }) =>
    (addon.install_switches ?? []).flatMap(({ chart, installs, path }): Finding[] => {
      if (!addons[installs as AddonName].enabled) return [];
      const from = chart === undefined ? values : further_values?.[chart];
      if (valueAt(from, ...path) !== true) return [];
      const section = chart === undefined ? ["values"] : ["further_values", chart];
      const message = `installs the same as the addon ${installs}. Remove it`;
      return [{ path: ["tfvars", "addons", name, ...section, ...path], message }];
    }),
  );
}

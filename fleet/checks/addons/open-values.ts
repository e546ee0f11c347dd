import { valueAt } from "../../../language/plain-map";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Check, Finding } from "../../rules/finding";

const isOn = (value: unknown): boolean => value === true || value === "true";

/** Warns of Helm values that switch a login off. */
export const checkOpenValues: Check = ({ definition }) =>
  ofEachAddon(definition, ({ addon, name, values }) =>
    (addon.open_switches ?? []).flatMap(({ opens, path }): Finding[] => {
      if (!isOn(valueAt(values, ...path))) return [];
      const message = `opens ${opens}. Remove it, and let people log in`;
      return [{ path: ["tfvars", "addons", name, "values", ...path], message, severity: "warning" }];
    }),
  );

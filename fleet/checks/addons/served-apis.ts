import { ofEachAddon } from "../../model/enabled-addons";
import type { Check, Finding } from "../../rules/finding";

/** Refuses an extension API that two addons serve: the second Helm release would find the first one's APIService, and fail. */
export const checkServedApis: Check = ({ definition }) => {
  const served = ofEachAddon(definition, ({ addon, name, values }) =>
    (addon.serves_apis?.(values) ?? []).map((claim) => ({ ...claim, name })),
  );
  return served.flatMap(({ api, name, path = ["enabled"] }): Finding[] => {
    // An addon that always serves the API comes before those that only do with these values.
    const server = served.find((other) => other.api === api && other.path === undefined);
    if (server === undefined || server.name === name) return [];
    return [
      {
        path: ["tfvars", "addons", name, ...path],
        message: `claims the API ${api}, which ${server.name} serves. Remove it, or set ${server.name}_enabled: false`,
      },
    ];
  });
};

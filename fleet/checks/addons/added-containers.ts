import { isMap } from "../../../language/plain-map";
import type { Path } from "../../../language/yaml/tree";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Check, Finding } from "../../rules/finding";
import { inMaps } from "../../rules/in-maps";

/** Keys by which charts accept further containers. */
const LISTS = /^(?:(?:extra|additional)?(?:init)?containers|sidecars|sidecarcontainers)$/i;

/**
 * Warns of containers that Pod Security refuses in a namespace of level `restricted`. Helm reports success if it does not wait, and the
 * pods never start.
 */
export const checkAddedContainers: Check = ({ definition }) => {
  const { extra_charts } = definition.tfvars;
  return [
    ...ofEachAddon(definition, ({ further_values, name, pod_security, values }) => {
      if (pod_security !== "restricted") return [];
      return Object.entries({ values, further_values }).flatMap(([key, each]) =>
        refused(each, ["tfvars", "addons", name, key], "the addon's namespace.pod_security"),
      );
    }),
    ...extra_charts.flatMap(({ pod_security, values = {} }, index) =>
      pod_security === "restricted"
        ? refused(values, ["tfvars", "extra_charts", index, "values"], "the chart's pod_security")
        : [],
    ),
  ];
};

function refused(value: unknown, path: Path, option: string): readonly Finding[] {
  const message = `Pod Security refuses this container, because the namespace is restricted. Set allowPrivilegeEscalation: false and capabilities.drop: [ALL] in its securityContext, or set ${option} to baseline`;
  return inMaps(value, path, (map, at) =>
    Object.entries(map).flatMap(([key, list]) =>
      !LISTS.test(key) || !Array.isArray(list)
        ? []
        : list.flatMap((container: unknown, index): Finding[] =>
            isMap(container) && typeof container["image"] === "string" && !isRestricted(container["securityContext"])
              ? [{ path: [...at, key, index], message, severity: "warning" }]
              : [],
          ),
    ),
  );
}

function isRestricted(context: unknown): boolean {
  if (!isMap(context) || context["allowPrivilegeEscalation"] !== false) return false;
  const capabilities = context["capabilities"];
  const dropped = isMap(capabilities) ? capabilities["drop"] : undefined;
  return Array.isArray(dropped) && dropped.includes("ALL");
}

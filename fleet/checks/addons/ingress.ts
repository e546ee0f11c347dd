import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import { hasAutoMode } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

/** Ingress controllers whose class may be the one that Ingresses without a class get. */
const CONTROLLERS = ["traefik", "ingress_nginx"] as const;

/** At most one ingress class is the default: Kubernetes refuses an Ingress without a class where there are two. */
export const checkDefaultIngressClass: Check = ({ definition }) => {
  const { addons } = definition.tfvars;
  const enabled: readonly string[] = enabledAddons(definition);
  const path = (name: string): Path => ["tfvars", "addons", name, "options", "default_class"];
  const [first, ...others] = CONTROLLERS.filter((name) => enabled.includes(name) && addons[name].options.default_class);
  return others.map((name) => ({
    path: path(name),
    message: `${first} has the default ingress class too: set default_class: false for one of them`,
    given: [path(first ?? name), ["tfvars", "addons", first ?? name, "enabled"], ["tfvars", "addons", name, "enabled"]],
  }));
};

/** Classes that addons serve: whether they do here, and what to do where they do not. */
const CLASSES: Readonly<Record<string, { served(definition: Definition): boolean; readonly advice: string }>> = {
  alb: {
    // Auto Mode serves a class of that name where somebody makes it.
    served: (definition) => definition.tfvars.addons.aws_load_balancer_controller.enabled || hasAutoMode(definition),
    advice: "set aws_load_balancer_controller_enabled: true",
  },
  nginx: {
    served: ({ tfvars: { addons } }) =>
      addons.ingress_nginx.enabled || (addons.traefik.enabled && addons.traefik.options.nginx_ingresses),
    advice: "set traefik_enabled: true and its nginx_ingresses: true",
  },
  traefik: { served: ({ tfvars }) => tfvars.addons.traefik.enabled, advice: "set traefik_enabled: true" },
  "traefik-internal": {
    served: ({ tfvars: { addons } }) => addons.traefik.enabled && addons.traefik.options.internal_class,
    advice: "set traefik_enabled: true and its internal_class: true",
  },
};

/** The class of each addon's Ingress, and the option that names it. */
function ingresses({ tfvars: { addons } }: Definition) {
  const { argo_cd, concourse, dex, kube_prometheus_stack, oauth2_proxy } = addons;
  return [
    ["argo_cd", "ingress_class", argo_cd.options.host === null ? null : argo_cd.options.ingress_class],
    ["concourse", "ingress_class", concourse.options.host === null ? null : concourse.options.ingress_class],
    ["dex", "ingress_class", dex.options.ingress_class],
    ["kube_prometheus_stack", "grafana_ingress_class", kube_prometheus_stack.options.grafana_ingress_class],
    ["oauth2_proxy", "ingress_class", oauth2_proxy.options.ingress_class],
  ] as const;
}

/** An addon's Ingress is of a class that somebody serves; one that no addon is known for may be an extra chart's. */
export const checkIngressClasses: Check = ({ definition }) => {
  const { addons, extra_charts } = definition.tfvars;
  if (extra_charts.length > 0) return [];
  return ingresses(definition).flatMap(([addon, key, name]): Finding[] => {
    const known = name === null || !Object.hasOwn(CLASSES, name) ? undefined : CLASSES[name];
    if (!addons[addon].enabled || known === undefined || known.served(definition)) return [];
    const path = ["tfvars", "addons", addon, "options", key];
    return [{ path, message: `nothing serves the class ${name}: ${known.advice}, or name another` }];
  });
};

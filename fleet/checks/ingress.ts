import { enabledAddons } from "../enabled-addons";
import type { Path } from "../yaml/tree";
import type { Check } from "./finding";

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

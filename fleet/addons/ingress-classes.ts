import type { Values } from "../../addons/contract/addon";
import type { IngressClass } from "../../addons/contract/cluster-wide";
import { valueAt } from "../../language/plain-map";
import type { Definition } from "../model/cluster";
import { addonSettings } from "../model/enabled-addons";

/** Returns the name of a class that an addon serves with these Helm values. */
export function servedName(
  { name, renamed_by }: Pick<IngressClass<never>, "name" | "renamed_by">,
  values: Values,
): string {
  const given = renamed_by === undefined ? undefined : valueAt(values, ...renamed_by);
  return typeof given === "string" ? given : name;
}

/** Returns the name of the class that EKS Auto Mode serves too: that of Application Load Balancers. */
export function albClass({ tfvars }: Pick<Definition, "tfvars">): string {
  const [name] = addonSettings({ tfvars }).flatMap(({ addon, values }) =>
    (addon.ingress_classes ?? []).flatMap((known) => (known.auto_mode_serves ? [servedName(known, values)] : [])),
  );
  return name ?? "alb";
}

import { valueAt } from "../../../language/plain-map";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Check, Finding } from "../../rules/finding";

/** A value of a chart that lets everybody in. */
interface Opening {
  readonly addon: string;
  readonly path: readonly string[];
  readonly opens: string;
}

/** The documentation of each program describes the setting. */
const OPENINGS: readonly Opening[] = [
  {
    addon: "argo_cd",
    path: ["configs", "cm", "users.anonymous.enabled"],
    opens: "Argo CD to everybody without a login",
  },
  {
    addon: "argo_cd",
    path: ["configs", "params", "server.disable.auth"],
    opens: "Argo CD to everybody without a login",
  },
  {
    addon: "kube_prometheus_stack",
    path: ["grafana", "grafana.ini", "auth.anonymous", "enabled"],
    opens: "Grafana to everybody without a login",
  },
  { addon: "traefik", path: ["api", "insecure"], opens: "Traefik's dashboard and API without a login" },
];

const isOn = (value: unknown): boolean => value === true || value === "true";

/** Warns of Helm values that switch a login off. */
export const checkOpenValues: Check = ({ definition }) =>
  ofEachAddon(definition, ({ name, values }) =>
    OPENINGS.flatMap(({ addon, opens, path }): Finding[] => {
      if (addon !== name || !isOn(valueAt(values, ...path))) return [];
      const message = `opens ${opens}. Remove it, and let people log in`;
      return [{ path: ["tfvars", "addons", name, "values", ...path], message, severity: "warning" }];
    }),
  );

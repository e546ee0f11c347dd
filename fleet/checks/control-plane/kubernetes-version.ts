import { listed } from "../../../language/suggest";
import type { Check, Finding } from "../../rules/finding";

const VERSION = ["tfvars", "cluster", "kubernetes_version"] as const;
const DAY = 24 * 60 * 60 * 1000;

/** Days of warning before the end of support: a quarter, because fleets upgrade quarterly. */
const WARNING_DAYS = 90;

/** Refuses a version that the release was not tested with. */
export const checkKubernetesVersion: Check = ({ definition, release }) => {
  if (release === undefined) return [];
  const { kubernetes_version } = definition.tfvars.cluster;
  const known = Object.keys(release.kubernetes);
  if (known.includes(kubernetes_version)) return [];
  const message = `release ${release.name} does not support Kubernetes ${kubernetes_version}. Set one of ${listed(known)}`;
  return [{ path: VERSION, message }];
};

/** Warns before support ends. Never reports an error, because the same commit must build tomorrow. */
export const checkSupport: Check = ({ definition, support, today }) => {
  const { kubernetes_version, upgrade_policy } = definition.tfvars.cluster;
  const dates = support[kubernetes_version];
  if (dates === undefined) return [];
  const { standard_until, extended_until } = dates;
  const warn = (what: string): Finding[] => {
    const message = `${what}. Upgrade to a later minor version`;
    return [{ path: VERSION, message, severity: "warning" }];
  };
  if (today > extended_until)
    return warn(
      `support of Kubernetes ${kubernetes_version} ended on ${extended_until}, and AWS upgrades the control plane at any time`,
    );
  if (today > standard_until) {
    const then =
      upgrade_policy === "EXTENDED"
        ? `the cluster costs a surcharge until ${extended_until}`
        : "AWS upgrades the cluster (upgrade_policy: STANDARD)";
    return warn(`standard support of Kubernetes ${kubernetes_version} ended on ${standard_until}, and ${then}`);
  }
  const days = Math.round((Date.parse(standard_until) - Date.parse(today)) / DAY);
  if (days > WARNING_DAYS) return [];
  const when = days === 0 ? "today" : `in ${days} ${days === 1 ? "day" : "days"}`;
  return warn(`standard support of Kubernetes ${kubernetes_version} ends on ${standard_until}, ${when}`);
};

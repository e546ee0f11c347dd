import { listed } from "../../../language/suggest";
import type { Check, Finding } from "../../rules/finding";

const VERSION = ["tfvars", "cluster", "kubernetes_version"] as const;
const DAY = 24 * 60 * 60 * 1000;

/** How long before the end of support a warning begins: a quarter, the rhythm in which fleets upgrade. */
const WARNING_DAYS = 90;

/** The version is one that the release was tested with. */
export const checkKubernetesVersion: Check = ({ definition, release }) => {
  if (release === undefined) return [];
  const { kubernetes_version } = definition.tfvars.cluster;
  const known = Object.keys(release.kubernetes);
  if (known.includes(kubernetes_version)) return [];
  return [
    {
      path: VERSION,
      message: `release ${release.name} does not know Kubernetes ${kubernetes_version}; it knows ${listed(known)}`,
    },
  ];
};

/** Warns in time. Never an error: the same commit must build tomorrow. */
export const checkSupport: Check = ({ definition, support, today }) => {
  const { kubernetes_version, upgrade_policy } = definition.tfvars.cluster;
  const dates = support[kubernetes_version];
  if (dates === undefined) return [];
  const warn = (message: string): Finding[] => [{ path: VERSION, message, severity: "warning" }];
  const next = "upgrade to a later minor version";
  const { standard_until, extended_until } = dates;
  if (today > extended_until) {
    return warn(
      `support of Kubernetes ${kubernetes_version} ended on ${extended_until}: AWS upgrades the control plane without asking; ${next}`,
    );
  }
  if (today > standard_until) {
    const cost =
      upgrade_policy === "EXTENDED"
        ? `costs a surcharge until ${extended_until}`
        : "is upgraded by AWS (upgrade_policy: STANDARD)";
    return warn(
      `standard support of Kubernetes ${kubernetes_version} ended on ${standard_until}: the cluster ${cost}; ${next}`,
    );
  }
  const days = Math.round((Date.parse(standard_until) - Date.parse(today)) / DAY);
  if (days > WARNING_DAYS) return [];
  const when = days === 0 ? "today" : `in ${days} ${days === 1 ? "day" : "days"}`;
  return warn(`standard support of Kubernetes ${kubernetes_version} ends on ${standard_until}, ${when}: ${next}`);
};

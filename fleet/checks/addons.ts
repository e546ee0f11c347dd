import type { Addon } from "../../addons/addon";
import { catalogue } from "../../addons/catalogue";
import type { Account, Definition } from "../cluster";
import { enabledAddons } from "../enabled-addons";
import { listed } from "../suggest";
import type { Path } from "../yaml/tree";
import type { Check, Finding } from "./finding";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

/** The hosted zone of the account that holds the cluster's domain: of nested zones the nearest. */
export function hostedZone(definition: Definition, account: Account): string | null {
  const domain = definition.tfvars.cluster.k8s_base_domain;
  if (domain === null) return null;
  const holding = Object.entries(account.hosted_zones)
    .filter(([zone]) => domain === zone || domain.endsWith(`.${zone}`))
    .sort(([a], [b]) => b.length - a.length);
  return holding[0]?.[1] ?? null;
}

const switchOf = (addon: string): Path => ["tfvars", "addons", addon, "enabled"];

/** Addons that need others have them, and none meets one that it cannot live with. */
export const checkAddonRelations: Check = ({ definition }) => {
  const enabled: readonly string[] = enabledAddons(definition);
  return enabled.flatMap((name) => {
    const path = switchOf(name);
    const { requires = [], conflicts_with = [] } = ADDONS[name] ?? {};
    return [
      ...requires
        .filter((other) => !enabled.includes(other))
        .map((other) => ({ path, message: `needs ${other}: set ${other}_enabled: true`, given: [switchOf(other)] })),
      ...conflicts_with
        .filter((other) => enabled.includes(other))
        .map((other) => ({
          path,
          message: `cannot run beside ${other}: enable one of them`,
          given: [switchOf(other)],
        })),
    ];
  });
};

/** Whatever writes DNS records has a zone to write to. */
export const checkHostedZone: Check = ({ definition, account }) => {
  const needing = enabledAddons(definition).filter((name) => ADDONS[name]?.needs?.includes("hosted_zone"));
  if (account === undefined || needing.length === 0 || hostedZone(definition, account) !== null) return [];
  const domain = definition.tfvars.cluster.k8s_base_domain;
  const zones = listed(Object.keys(account.hosted_zones));
  const message =
    domain === null
      ? `must name a domain, because ${listed(needing)} ${needing.length === 1 ? "writes" : "write"} records in it; account ${account.name} has the zones: ${zones}`
      : `${domain} lies in no hosted zone of account ${account.name}, which has: ${zones}`;
  const given = needing.map(switchOf);
  return [{ path: ["tfvars", "cluster", "k8s_base_domain"], message, given }];
};

/** The release pins every addon that is enabled. */
export const checkReleasePins: Check = ({ definition, release }) => {
  if (release === undefined) return [];
  const version = definition.tfvars.cluster.kubernetes_version;
  const pinned = release.kubernetes[version]?.eks_addons;
  const given = [["tfvars", "cluster", "kubernetes_version"]];
  return enabledAddons(definition).flatMap((name): Finding[] => {
    const addon = ADDONS[name];
    const path = switchOf(name);
    if (addon?.kind === "helm" && release.charts[name] === undefined) {
      return [
        {
          path,
          message: `release ${release.name} pins no chart for ${name}: take another release, or add it to charts`,
        },
      ];
    }
    if (addon?.kind === "eks" && pinned !== undefined && pinned[addon.eks_name] === undefined) {
      return [
        {
          path,
          given,
          message: `release ${release.name} pins no ${addon.eks_name} for Kubernetes ${version}: take another, or add it to eks_addons`,
        },
      ];
    }
    return [];
  });
};

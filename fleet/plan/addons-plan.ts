import { type AddonName, catalogue } from "../../addons/catalogue";
import { type Addon, chartsOf, type Values } from "../../addons/contract/addon";
import type { AddonSubject, ServiceLevel } from "../../addons/contract/addon-context";
import type { PodSecurity } from "../../addons/contract/addon-parts";
import { addonSubject } from "../addons/addon-subject";
import type { Cluster, Release } from "../model/cluster";
import { enabledAddons } from "../model/enabled-addons";
import { hasAutoModeClasses } from "../nodes/auto-mode";
import { eksAddonVersion } from "./control-plane-plan";
import { installOrder } from "./install-order";

/** The settings of a namespace in a definition. */
export interface NamespaceSettings {
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly pod_security?: PodSecurity | undefined;
  readonly delete_minutes?: number | undefined;
}

/** One enabled addon. */
export interface AddonPlan {
  /** Its key in the catalogue. */
  readonly name: AddonName;
  /** Its options, parsed by the addon's own schema. */
  readonly options: unknown;
  /** The definition's own values, which win over the addon's. */
  readonly values: Values;
  /** The same for its further charts, by their keys. */
  readonly furtherValues: Readonly<Record<string, Values | undefined>>;
  /** Settings of its namespaces. */
  readonly namespace: NamespaceSettings;
  /** True if its releases and namespaces exist already. */
  readonly adopt: boolean;
  /** Version of its own chart, or of the EKS add-on. */
  readonly version: string;
  /** Its charts at the release's versions, by their keys; empty for an EKS add-on. */
  readonly charts: Release["charts"];
}

/** A cluster's addons, as they follow from its definition. */
export interface AddonsPlan {
  /** The facts about the cluster that addons read. */
  readonly subject: AddonSubject;
  readonly serviceLevel: ServiceLevel;
  /** Enabled addons, each after those that it requires or follows. */
  readonly enabled: readonly AddonPlan[];
  /** True if Kubernetes gets the storage and ingress classes of Auto Mode's controllers. */
  readonly autoModeClasses: boolean;
  /** Enforcer of the network policies of the addons' namespaces; null if there are none of them. */
  readonly networkPolicies: "vpc_cni" | "auto_mode" | null;
}

/** Returns the plan of a cluster's addons. */
export function planAddons(cluster: Cluster): AddonsPlan {
  const { tfvars } = cluster;
  return {
    // Each value of it is computed here.
    subject: structuredClone(addonSubject(cluster, { ...cluster, images: () => cluster.release.kubernetes.images })),
    serviceLevel: { name: tfvars.addons.sla, ...cluster.service_level },
    enabled: installOrder(
      enabledAddons(cluster).map((name) => ({
        name,
        requires: catalogue[name].requires,
        after: catalogue[name].after,
      })),
    ).map(({ name }) => planAddon(cluster, name)),
    autoModeClasses: hasAutoModeClasses(cluster),
    networkPolicies: networkPolicies(cluster),
  };
}

function planAddon(cluster: Cluster, name: AddonName): AddonPlan {
  const addon: Addon = catalogue[name];
  const { options, values, further_values = {}, namespace = {}, adopt = false } = cluster.tfvars.addons[name];
  const charts = Object.fromEntries(chartsOf(addon).map((key) => [key, chartOf(cluster, key)]));
  const version = addon.kind === "eks" ? eksAddonVersion(cluster, addon.eks_name) : chartOf(cluster, name).version;
  return { name, options, values, furtherValues: further_values, namespace, adopt, version, charts };
}

function chartOf({ release }: Cluster, key: string): NonNullable<Release["charts"][string]> {
  const chart = release.charts[key];
  if (chart === undefined) throw new TypeError(`release ${release.name} has no chart for ${key}`);
  return chart;
}

function networkPolicies({ tfvars }: Cluster): AddonsPlan["networkPolicies"] {
  if (!tfvars.addons.network_policies_enabled) return null;
  const { auto_mode, vpc_cni } = tfvars.cluster;
  return auto_mode.enabled === true && !vpc_cni.enabled ? "auto_mode" : "vpc_cni";
}

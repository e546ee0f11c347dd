import { intersects, lt, valid } from "semver";
import { type AddonName, catalogue } from "../../../addons/catalogue";
import { type Addon, chartsOf, type HelmAddon } from "../../../addons/contract/addon";
import type { AddonSubject } from "../../../addons/contract/addon-context";
import type { AddonFinding } from "../../../addons/contract/rule";
import { ownValue } from "../../../language/plain-map";
import { ifCertain, RefusedValue } from "../../../language/refused";
import type { Path } from "../../../language/yaml/tree";
import { addonSubject } from "../../addons/addon-subject";
import type { Release } from "../../model/cluster";
import { type AddonSettings, ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { hostedZone } from "../../network/hosted-zone";
import { isAutoModeOnly } from "../../nodes/auto-mode";
import { within } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

const switchOf = (addon: string): Path => ["tfvars", "addons", addon, "enabled"];

/** Refuses an addon without the addons that it requires, or beside one that it conflicts with. */
export const checkAddonRelations: Check = ({ definition }) => {
  const isEnabled = (other: string): boolean => definition.tfvars.addons[other as AddonName].enabled;
  const isBrought = (other: string): boolean =>
    ADDONS[other]?.auto_mode_brings !== undefined && isAutoModeOnly(definition);
  return ofEachAddon(definition, ({ addon: { conflicts_with, requires }, name }) => {
    const path = switchOf(name);
    return [
      ...requires.flatMap(
        (other) =>
          ifCertain(() =>
            isEnabled(other) || isBrought(other)
              ? []
              : [{ path, message: `requires ${other}. Set ${other}_enabled: true` }],
          ) ?? [],
      ),
      ...conflicts_with.flatMap(
        (other) =>
          ifCertain(() =>
            isEnabled(other) ? [{ path, message: `conflicts with ${other}. Disable one of them` }] : [],
          ) ?? [],
      ),
    ];
  });
};

/** Refuses a setting of `common` that only an addon reads which the cluster does not have. */
export const checkCommonSettings: Check = ({ definition }) => {
  const { addons, common } = definition.tfvars;
  return Object.values(ADDONS).flatMap(({ common_setting: key, name }): Finding[] => {
    if (key === undefined || common[key] === "" || addons[name as AddonName].enabled) return [];
    const message = `has no effect without the addon ${name}. Set ${name}_enabled: true, or set this to ""`;
    return [{ path: ["tfvars", "common", key], message }];
  });
};

/** Refuses network policies that nothing enforces. */
export const checkNetworkPolicies: Check = ({ definition }) => {
  const { addons, cluster } = definition.tfvars;
  const { auto_mode, vpc_cni } = cluster;
  const enforced = vpc_cni.enabled ? vpc_cni.network_policy : auto_mode.enabled === true;
  if (!addons.network_policies_enabled || enforced) return [];
  return [
    {
      path: ["tfvars", "addons", "network_policies_enabled"],
      message: "nothing enforces these policies. Set tfvars.cluster.vpc_cni.network_policy: true, or set this to false",
    },
  ];
};

const RELEASE = ["meta", "RELEASE_MODEL"] as const;
const KUBERNETES_VERSION = ["tfvars", "cluster", "kubernetes_version"] as const;

/** Refuses an enabled addon that the release does not pin. */
export const checkReleasePins: Check = ({ definition, release }) => {
  if (release === undefined) return [];
  const version = definition.tfvars.cluster.kubernetes_version;
  const pinned = release.kubernetes[version]?.eks_addons;
  return ofEachAddon(definition, ({ addon, name }): Finding[] => {
    const path = switchOf(name);
    if (addon.kind === "helm") {
      const found = chartsOf(addon).flatMap((chart) => chartFindings(release, chart, path, version));
      return [...found, ...tooOld(release, addon, path, version)];
    }
    if (pinned !== undefined && pinned[addon.eks_name] === undefined) {
      return [
        {
          path,
          because: [RELEASE],
          message: `release ${release.name} pins no ${addon.eks_name} for Kubernetes ${version}. Use another release, or add it to eks_addons`,
        },
      ];
    }
    return [];
  });
};

const accepted = new Map<string, boolean>();

/**
 * True if a chart's range contains a patch of a minor version: EKS chooses the patch of a control plane. Answers are kept, because
 * the clusters of a fleet share few charts and versions.
 */
function accepts(range: string, minor: string): boolean {
  const key = `${range} ${minor}`;
  const answer = accepted.get(key) ?? intersects(`${minor}.x`, range);
  accepted.set(key, answer);
  return answer;
}

/** Reports a chart that is not pinned, or does not support the cluster's Kubernetes. */
function chartFindings(release: Release, chart: string, path: Path, version: string): Finding[] {
  const pinned = release.charts[chart];
  if (pinned === undefined) {
    const message = `release ${release.name} pins no chart for ${chart}. Use another release, or add it to charts`;
    return [{ path, because: [RELEASE], message }];
  }
  const { kube_version } = pinned;
  if (release.kubernetes[version] === undefined || kube_version === undefined || accepts(kube_version, version))
    return [];
  const message = `chart ${pinned.chart} ${pinned.version} of release ${release.name} supports Kubernetes ${kube_version}, but the cluster runs ${version}. Use another release or kubernetes_version`;
  return [{ path, message }];
}

/** Reports a chart that is older than the cluster's Kubernetes requires, if the chart does not state what it supports. */
function tooOld(release: Release, { name, oldest_charts = {} }: HelmAddon, path: Path, version: string): Finding[] {
  const [pinned, oldest] = [release.charts[name], ownValue(oldest_charts, version)];
  if (pinned === undefined || oldest === undefined || valid(pinned.version) === null) return [];
  if (release.kubernetes[version] === undefined || !lt(pinned.version, oldest)) return [];
  const message = `Kubernetes ${version} requires ${name} ${oldest} or later, but release ${release.name} pins ${pinned.version}. Use another release or kubernetes_version`;
  return [{ path, message }];
}

/** Applies the rules of each enabled addon to its settings. */
export const checkAddonSettings: Check = (subject) => {
  const asked = askedByAddons(subject);
  if (asked === undefined) return [];
  return ofEachAddon(subject.definition, (settings) =>
    findingsOf(settings, asked).map((finding) => within(["tfvars", "addons", settings.name], finding)),
  );
};

/** Returns the facts that addons read about a cluster; undefined if its account or its region was refused. */
export function askedByAddons({ definition, account, regions, release }: Subject): AddonSubject | undefined {
  const partition = regions[definition.tfvars.common.aws_region]?.partition;
  if (account === undefined || partition === undefined) return undefined;
  const hosted_zone_id = hostedZone(definition, account);
  const images = () => {
    const pins = release?.kubernetes[definition.tfvars.cluster.kubernetes_version];
    if (pins === undefined) throw new RefusedValue(KUBERNETES_VERSION);
    return pins.images;
  };
  return addonSubject(definition, { account, partition, hosted_zone_id, images });
}

/** Returns what an addon's own rules report. */
export function findingsOf({ addon, options }: AddonSettings, asked: AddonSubject): readonly AddonFinding[] {
  return (addon.checks ?? []).flatMap((rule) => ifCertain(() => rule(asked, options)) ?? []);
}

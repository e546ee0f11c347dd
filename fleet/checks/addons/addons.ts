import { satisfies } from "semver";
import { catalogue } from "../../../addons/catalogue";
import { type Addon, chartsOf } from "../../../addons/contract/addon";
import { ifCertain } from "../../../language/refused";
import type { Path } from "../../../language/yaml/tree";
import { addonSubject } from "../../addons/addon-subject";
import type { Release } from "../../model/cluster";
import { enabledAddons, ofEachAddon } from "../../model/enabled-addons";
import { hostedZone } from "../../network/hosted-zone";
import { isAutoModeOnly } from "../../nodes/auto-mode";
import { within } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

const switchOf = (addon: string): Path => ["tfvars", "addons", addon, "enabled"];

/** Addons that need others have them, and none meets one that it cannot live with. */
export const checkAddonRelations: Check = ({ definition }) => {
  const enabled: readonly string[] = enabledAddons(definition);
  return enabled.flatMap((name) => {
    const path = switchOf(name);
    const { requires = [], conflicts_with = [] } = ADDONS[name] ?? {};
    return [
      ...requires
        .filter(
          (other) =>
            !enabled.includes(other) && !(isAutoModeOnly(definition) && ADDONS[other]?.auto_mode_brings !== undefined),
        )
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

/** Refuses a setting of `common` that only an addon reads which the cluster does not have. */
export const checkCommonSettings: Check = ({ definition }) => {
  const enabled: readonly string[] = enabledAddons(definition);
  return Object.values(ADDONS).flatMap(({ common_setting: key, name }): Finding[] => {
    if (key === undefined || definition.tfvars.common[key] === "" || enabled.includes(name)) return [];
    const message = `has no effect without the addon ${name}. Set ${name}_enabled: true, or set this to ""`;
    return [{ path: ["tfvars", "common", key], given: [switchOf(name)], message }];
  });
};

/** Policies that nobody enforces would only look like some. */
export const checkNetworkPolicies: Check = ({ definition }) => {
  const { addons, cluster } = definition.tfvars;
  const { auto_mode, vpc_cni } = cluster;
  const enforced = vpc_cni.enabled ? vpc_cni.network_policy : auto_mode.enabled === true;
  if (!addons.network_policies_enabled || enforced) return [];
  return [
    {
      path: ["tfvars", "addons", "network_policies_enabled"],
      message: "needs who enforces them: set tfvars.cluster.vpc_cni.network_policy: true, or this to false",
      given: [
        ["tfvars", "cluster", "vpc_cni", "network_policy"],
        ["tfvars", "cluster", "vpc_cni", "enabled"],
      ],
    },
  ];
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
    if (addon?.kind === "helm") return chartsOf(addon).flatMap((chart) => chartFindings(release, chart, path, version));
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

const taken = new Map<string, boolean>();

/** Whether a chart's range has a version; a fleet asks the same few of every cluster. */
function takes(range: string, version: string): boolean {
  const key = `${range} ${version}`;
  const answer = taken.get(key) ?? satisfies(version, range);
  taken.set(key, answer);
  return answer;
}

/** One chart of an addon: pinned, and for the Kubernetes that the cluster runs. */
function chartFindings(release: Release, chart: string, path: Path, version: string): Finding[] {
  const pinned = release.charts[chart];
  if (pinned === undefined) {
    const message = `release ${release.name} pins no chart for ${chart}: take another release, or add it to charts`;
    return [{ path, message }];
  }
  const [kubernetes] = release.kubernetes[version]?.ami_release_version.split("-") ?? [];
  const { kube_version } = pinned;
  if (kubernetes === undefined || kube_version === undefined || takes(kube_version, kubernetes)) return [];
  const message = `chart ${pinned.chart} ${pinned.version} of release ${release.name} takes Kubernetes ${kube_version}, and the cluster runs ${kubernetes}: take another release or kubernetes_version`;
  return [{ path, message, given: [["tfvars", "cluster", "kubernetes_version"]] }];
}

/** Applies the rules of each enabled addon to its settings. */
export const checkAddonSettings: Check = ({ definition, account, regions }) => {
  const partition = regions[definition.tfvars.common.aws_region]?.partition;
  if (account === undefined || partition === undefined) return [];
  const subject = addonSubject(definition, { account, partition, hosted_zone_id: hostedZone(definition, account) });
  return ofEachAddon(definition, ({ addon, name, options }) =>
    (addon.checks ?? [])
      .flatMap((rule) => ifCertain(() => rule(subject, options)) ?? [])
      .map((finding) => within(["tfvars", "addons", name], finding)),
  );
};

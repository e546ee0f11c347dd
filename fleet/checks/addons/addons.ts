import { satisfies } from "semver";
import { catalogue } from "../../../addons/catalogue";
import { type Addon, chartsOf } from "../../../addons/contract/addon";
import type { Path } from "../../../language/yaml/tree";
import { addonSubject } from "../../addons/addon-subject";
import type { Release } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import { hostedZone } from "../../network/hosted-zone";
import { isAutoModeOnly } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";
import { BROUGHT } from "../workers/auto-mode";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

/** Where runners of GitHub Actions are; not one of the platform's own namespaces, because anybody's code runs there. */
const RUNNERS = "actions-runners";

const switchOf = (addon: string): Path => ["tfvars", "addons", addon, "enabled"];

/** Addons that need others have them, and none meets one that it cannot live with. */
export const checkAddonRelations: Check = ({ definition }) => {
  const enabled: readonly string[] = enabledAddons(definition);
  return enabled.flatMap((name) => {
    const path = switchOf(name);
    const { requires = [], conflicts_with = [] } = ADDONS[name] ?? {};
    return [
      ...requires
        .filter((other) => !enabled.includes(other) && !(isAutoModeOnly(definition) && other in BROUGHT))
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

/** A token's Secret without the agent would be read by nobody; the agent itself says what it lacks. */
export const checkTeleport: Check = ({ definition }) => {
  const { addons, common } = definition.tfvars;
  if (common.teleport_token === "" || addons.teleport_kube_agent.enabled) return [];
  return [
    {
      path: ["tfvars", "common", "teleport_token"],
      message: 'has no effect without the agent: set teleport_kube_agent_enabled: true, or this to ""',
      given: [switchOf("teleport_kube_agent")],
    },
  ];
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

/** The cache listens on the address of the cluster's DNS, which is kube-proxy's own in one of its modes. */
export const checkNodelocalDns: Check = ({ definition }) => {
  const { addons, cluster } = definition.tfvars;
  if (!addons.nodelocal_dns.enabled || cluster.kube_proxy.values["mode"] !== "ipvs") return [];
  return [
    {
      path: switchOf("nodelocal_dns"),
      message:
        "cannot listen on the address of the cluster's DNS where kube-proxy of mode ipvs has it on every node: set nodelocal_dns_enabled: false, or take another mode",
      given: [["tfvars", "cluster", "kube_proxy", "values", "mode"]],
    },
  ];
};

/** Privileged runners and policies that let none start. */
export const checkPrivilegedRunners: Check = ({ definition }) => {
  const { github_actions_runners, kyverno } = definition.tfvars.addons;
  const { excluded_namespaces, validation_failure_action } = kyverno.options;
  if (!github_actions_runners.enabled || !kyverno.enabled || validation_failure_action !== "Enforce") return [];
  if (excluded_namespaces.includes(RUNNERS)) return [];
  return github_actions_runners.options.runner_sets.flatMap(({ container_mode }, index): Finding[] => {
    if (container_mode !== "dind") return [];
    const message = `needs privileged pods, which kyverno refuses: take kubernetes or none, or name ${RUNNERS} in kyverno's excluded_namespaces`;
    const path = ["tfvars", "addons", "github_actions_runners", "options", "runner_sets", index, "container_mode"];
    return [{ path, message, given: [["tfvars", "addons", "kyverno"]] }];
  });
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

/** What enabled addons say against their own settings. */
export const checkAddonSettings: Check = ({ definition, account, regions }) => {
  const partition = regions[definition.tfvars.common.aws_region]?.partition;
  if (account === undefined || partition === undefined) return [];
  const subject = addonSubject(definition, { account, partition, hosted_zone_id: hostedZone(definition, account) });
  return enabledAddons(definition).flatMap((name) => {
    const findings = ADDONS[name]?.check?.(subject, definition.tfvars.addons[name].options) ?? [];
    return findings.map(({ path, ...rest }) => ({ ...rest, path: ["tfvars", "addons", name, ...path] }));
  });
};

import { parse } from "yaml";
import { catalogue } from "../../../addons/catalogue";
import type { Section } from "../draft";
import type { Config } from "./config";
import { policiesOf } from "./identity";
import type { Translation } from "./translation";

/** Add-ons that have a section of the control plane. */
const OF_CLUSTER: Readonly<Record<string, string>> = {
  "vpc-cni": "vpc_cni",
  "kube-proxy": "kube_proxy",
  "eks-pod-identity-agent": "eks_pod_identity_agent",
};

/** Addons that are on by default here, and that eksctl does not install unless its file names them. */
const OFF = ["aws_ebs_csi_driver", "cluster_autoscaler", "aws_load_balancer_controller"] as const;

/** Add-ons that eksctl installs by default, as eksctl names them. */
const DEFAULTS = ["vpc-cni", "kube-proxy", "coredns", "metrics-server"];

const OWN_ROLE = "the addon has a role of its own here, with the permissions that it requires";
const DESCRIBES = "describes the add-on, and changes nothing";

/** Translates add-ons. Those of the tier's platform are switched off, because eksctl does not install them. */
export function translateAddons(translation: Translation): void {
  const { config, draft } = translation;
  const addons = draft.section("addons");
  const listed = config.at("addons").items();
  const names = listed.map((each) => String(each.at("name").peek()).toLowerCase());
  addons.set("platform", "none", "eksctl installs no monitoring, logs or backups; recommended: remove this line");
  const withDefaults = config.at("addonsConfig", "disableDefaultAddons").flag() !== true;
  config.at("addonsConfig", "autoApplyPodIdentityAssociations").skip("addons always have roles by Pod Identity");
  for (const each of listed) addon(each, translation);

  const groups = ["nodeGroups", "managedNodeGroups"].flatMap((list) => config.at(list).items());
  const isAuto = config.at("autoModeConfig", "enabled").peek() === true && groups.length === 0;
  const runsNothing = !isAuto && groups.length === 0 && config.at("fargateProfiles").items().length === 0;
  const cluster = draft.section("cluster");
  if (!isAuto) cluster.set("vpc_cni.network_policy", false, "the add-on's default; recommended: true");
  for (const name of DEFAULTS) {
    if (names.includes(name)) continue;
    const comment = reasonToLeaveOut(name, { withDefaults, isAuto, runsNothing });
    if (comment === undefined) continue;
    const section = OF_CLUSTER[name];
    if (section === undefined) addons.set(`${name.replaceAll("-", "_")}_enabled`, false, comment);
    else if (!isAuto) cluster.set(`${section}.enabled`, false, comment);
  }
  const autoscaled = groups.some((group) => group.at("iam", "withAddonPolicies", "autoScaler").peek() === true);
  for (const name of OFF) {
    if (addons.has(`${name}_enabled`) || addons.has(name)) continue;
    if (name === "cluster_autoscaler" && autoscaled)
      addons.set(`${name}_enabled`, true, "withAddonPolicies.autoScaler; remove your own installation first");
    else addons.set(`${name}_enabled`, false, "eksctl does not install it");
  }
  karpenter(config.at("karpenter"), translation);
}

/** Returns why an add-on that eksctl installs by default is not installed; undefined if it is. */
function reasonToLeaveOut(
  name: string,
  cluster: { readonly withDefaults: boolean; readonly isAuto: boolean; readonly runsNothing: boolean },
): string | undefined {
  if (!cluster.withDefaults) return "disableDefaultAddons";
  if (cluster.isAuto && name !== "metrics-server") return "Auto Mode does its work";
  return cluster.runsNothing && OF_CLUSTER[name] === undefined ? "remove this line with the first nodes" : undefined;
}

function addon(config: Config, translation: Translation): void {
  const { draft } = translation;
  const name = config.at("name").text()?.toLowerCase() ?? "";
  for (const key of ["publishers", "types", "owners"]) config.at(key).skip(DESCRIBES);
  config.at("tags").leave("add-ons have the cluster's tags");
  config.at("namespaceConfig").leave("the pinned version of Terraform's AWS provider has no such setting");
  const own = OF_CLUSTER[name];
  const known = name.replaceAll("-", "_");
  if (own !== undefined) {
    const section = draft.section("cluster").section(own);
    section.set("enabled", true);
    exactVersion(config.at("version"), section);
    conflicts(config.at("resolveConflicts"), section);
    values(config.at("configurationValues"), section);
    ownRole(config);
  } else if (Object.hasOwn(catalogue, known)) {
    const section = draft.section("addons");
    const configuration = config.at("configurationValues");
    if (configuration.isSet && catalogue[known as keyof typeof catalogue].kind === "eks") {
      section.set(`${known}.enabled`, true);
      values(configuration, section.section(known));
    } else {
      configuration.leave(`the addon is a Helm chart here: set addons.${known}.values by its values`);
      section.set(`${known}_enabled`, true);
    }
    config.at("version").skip("the release names the version");
    config.at("resolveConflicts").skip("the addon is created with the cluster");
    ownRole(config);
  } else furtherAddon(config, name, translation);
}

function furtherAddon(config: Config, name: string, translation: Translation): void {
  const version = config.at("version");
  const item = translation.draft.section("cluster").item("extra_eks_addons");
  item.set("name", name, isExact(version.peek()) ? undefined : "add the version that runs: aws eks describe-addon");
  if (isExact(version.peek())) item.set("version", version.text());
  else {
    version.leave("an exact version is required, because two plans of one commit must be equal");
    translation.note(`The version of the add-on ${name} is not in the file. Set the version that runs.`);
  }
  item.set("before_nodes", false);
  values(config.at("configurationValues"), item);
  conflicts(config.at("resolveConflicts"), item);
  const accounts = config.at("podIdentityAssociations").items();
  for (const each of accounts) {
    const account = item.item("service_accounts");
    account.set("service_account", each.at("serviceAccountName").text());
    for (const key of ["namespace", "createServiceAccount", "tags", "disableSessionTags"])
      each.at(key).skip("the add-on creates its service account");
    for (const key of ["roleName", "permissionPolicyName", "permissionsBoundaryARN", "policy", "targetRoleARN"])
      each.at(key).leave("the role of an add-on's service account has no such setting");
    const { arns, statements } = policiesOf(each, translation);
    account.set("managed_policy_arns", arns.length === 0 ? undefined : arns);
    account.set("statements", statements.length === 0 ? undefined : statements);
    account.set("role_arn", each.at("roleARN").text());
  }
  for (const key of ["serviceAccountRoleARN", "attachPolicyARNs", "attachPolicy", "wellKnownPolicies"])
    config.at(key).leave("name the service account in service_accounts, with these permissions");
  config.at("permissionsBoundary").leave("common.iam.permissions_boundary is the boundary of every role");
  config
    .at("useDefaultPodIdentityAssociations")
    .leave("name the service account in service_accounts, with its permissions");
}

function ownRole(config: Config): void {
  for (const key of ["serviceAccountRoleARN", "attachPolicyARNs", "attachPolicy", "wellKnownPolicies"])
    config.at(key).skip(OWN_ROLE);
  for (const key of ["podIdentityAssociations", "useDefaultPodIdentityAssociations"]) config.at(key).skip(OWN_ROLE);
  config.at("permissionsBoundary").leave("common.iam.permissions_boundary is the boundary of every role");
}

function isExact(version: unknown): boolean {
  return typeof version === "string" && /^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version);
}

function exactVersion(config: Config, section: Section): void {
  if (isExact(config.peek())) section.set("version", config.text());
  else config.skip("the release names the version");
}

const CONFLICTS: Readonly<Record<string, string>> = { none: "NONE", overwrite: "OVERWRITE", preserve: "PRESERVE" };

function conflicts(config: Config, section: Section): void {
  const choice = CONFLICTS[String(config.peek()).toLowerCase()];
  if (choice === undefined) config.leave("must be none, overwrite or preserve");
  else {
    config.text();
    section.set("resolve_conflicts_on_update", choice);
  }
}

/** eksctl's files have the configuration as JSON or YAML in a text. */
function values(config: Config, section: Section): void {
  const text = config.peek();
  if (typeof text !== "string" || text.trim() === "") return void config.skip("is empty");
  try {
    const parsed: unknown = parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new TypeError("no map");
    config.text();
    section.set("values", parsed);
  } catch {
    config.leave("is not a map in JSON or YAML");
  }
}

function karpenter(config: Config, { draft, note }: Translation): void {
  if (!config.isSet) return;
  draft.section("addons").set("karpenter_enabled", true);
  config.at("version").leave("the release names the version of Karpenter");
  config.at("createServiceAccount").skip("the chart creates the service account");
  config.at("defaultInstanceProfile").leave("nodes get a role that the program creates");
  config.at("withSpotInterruptionQueue").skip("the queue always exists");
  note("The file has no NodePools of Karpenter. Describe them in node_pools, or keep your own manifests.");
}

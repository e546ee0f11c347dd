import { AMI_TYPES } from "../../../aws/ami";
import { newEntry, setPolicies } from "../access-entry";
import type { Destination } from "../destination";
import { Draft, type Section } from "../draft";
import { nameOf } from "../name-of";
import type { DescribedNetwork } from "./describe-network";
import type { Inventory } from "./inventory";
import { existingNetwork, ownNetwork } from "./network-section";

export interface DescribedCluster {
  readonly text: string;
  /** Facts and decisions for a person. */
  readonly notes: readonly string[];
}

/** Roles of the account, whose access entries this program adds to every cluster. */
export interface AccountRoles {
  readonly deploy: string;
  readonly plan: string;
}

/** Returns the definition of a running cluster, with every setting that differs from the layers written out. */
export function describeCluster(
  inventory: Inventory,
  destination: Destination,
  network: DescribedNetwork | undefined,
  roles: AccountRoles,
): DescribedCluster {
  const draft = new Draft();
  const notes: string[] = [];
  const { account, name, owner, releaseModel, tier } = destination;
  draft.meta.set("CLUSTER_NAME", name, "also the name of this file, and the name at EKS");
  draft.meta.set("RELEASE_MODEL", releaseModel);
  draft.meta.set("ACCOUNT", account.name).set("TIER", tier).set("OWNER", owner);
  draft.section("common").set("aws_region", inventory.region);
  if (network === undefined) existingNetwork(draft.section("networking"), inventory, notes);
  else ownNetwork(draft.section("networking"), inventory, network, notes);
  controlPlane(draft.section("cluster"), inventory);
  autoMode(draft.section("cluster"), inventory, notes);
  access(draft.section("cluster"), inventory, roles, destination.entryNames);
  coreAddons(draft.section("cluster"), inventory, notes);
  workers(draft, inventory, notes);
  addons(draft.section("addons"), inventory);
  return {
    notes,
    text: draft.text([
      "yaml-language-server: $schema=../../schema/cluster.schema.json",
      `Adopted from the running cluster ${inventory.cluster.name} by fleet adopt. adopted/${name}.yaml names what Terraform imports.`,
      "Every value is what the cluster has, so that nothing changes with the import.",
      ...notes.map((note) => `TODO: ${note}`),
    ]),
  };
}

function controlPlane(section: Section, inventory: Inventory): void {
  const { cluster } = inventory;
  const { accessConfig, encryptionConfig, logging, resourcesVpcConfig: vpc } = cluster;
  section.set("kubernetes_version", cluster.version);
  section.set("role_arn", cluster.roleArn, "the role that the cluster has; it stays with its owner");
  section.set("upgrade_policy", cluster.upgradePolicy?.supportType ?? "EXTENDED");
  section.set("deletion_protection", cluster.deletionProtection);
  const types = (logging?.clusterLogging ?? []).flatMap((each) => (each.enabled ? each.types : []));
  section.set("enabled_cluster_log_types", types);
  const logs = logGroupOf(inventory);
  if (types.length > 0) section.set("cluster_log_retention_days", logs?.retentionInDays ?? 0);
  section.set("endpoint_public_access", vpc.endpointPublicAccess);
  section.set("endpoint_private_access", vpc.endpointPrivateAccess);
  if (vpc.endpointPublicAccess) section.set("public_access_cidrs", vpc.publicAccessCidrs);
  section.set("service_ipv4_cidr", cluster.kubernetesNetworkConfig.serviceIpv4Cidr);
  section.set("authentication_mode", accessConfig?.authenticationMode);
  const [encryption] = encryptionConfig;
  if (encryption === undefined) section.set("kms.enabled", false, "encryption cannot be disabled again");
  else section.set("kms.key_arn", encryption.provider.keyArn, "the key that the cluster has");
  section.set("zonal_shift", cluster.zonalShiftConfig?.enabled === true ? true : undefined);
  const [, ...others] = vpc.securityGroupIds;
  if (others.length > 0) section.set("security_groups.control_plane.additional_ids", others);
}

/** True if all nodes are Auto Mode's, which include what the core add-ons do. */
export function isAutoModeOnly({ cluster, nodegroups }: Inventory): boolean {
  return cluster.computeConfig?.enabled === true && nodegroups.length === 0;
}

function autoMode(section: Section, { cluster: { computeConfig } }: Inventory, notes: string[]): void {
  if (computeConfig?.enabled !== true) return;
  section.set("auto_mode.enabled", true, "to switch it off: false, apply, and only then null");
  section.set("auto_mode.node_pools", computeConfig.nodePools);
  notes.push("NodePools and NodeClasses of Auto Mode that are Kubernetes objects of your own stay as they are.");
}

/** Returns the log group of the control plane. */
export function logGroupOf({ cluster, log_groups }: Inventory) {
  return log_groups.find(({ logGroupName }) => logGroupName === `/aws/eks/${cluster.name}/cluster`);
}

function access(
  section: Section,
  { access_entries }: Inventory,
  { deploy, plan }: AccountRoles,
  entryNames: ReadonlyMap<string, string>,
): void {
  const taken = new Set<string>();
  for (const { entry, policies } of access_entries) {
    // EKS creates the entries of nodes itself, and the program those of the account's roles.
    if (entry.type !== "STANDARD" || entry.principalArn === deploy || entry.principalArn === plan) continue;
    const item = newEntry(section, entry.principalArn, taken, entryNames);
    setPolicies(
      item,
      policies.map(({ accessScope, policyArn }) => ({
        policy: policyArn.split("/").at(-1) ?? policyArn,
        ...(accessScope.type === "namespace" && { namespaces: accessScope.namespaces }),
      })),
    );
    item.set("kubernetes_groups", entry.kubernetesGroups.length === 0 ? undefined : entry.kubernetesGroups);
    item.set("user_name", entry.username);
  }
}

const CORE = { "vpc-cni": "vpc_cni", "kube-proxy": "kube_proxy", "eks-pod-identity-agent": "eks_pod_identity_agent" };

function coreAddons(section: Section, inventory: Inventory, notes: string[]): void {
  if (isAutoModeOnly(inventory)) return; // the definition has none of them then
  for (const [name, key] of Object.entries(CORE)) {
    const addon = inventory.addons.find(({ addonName }) => addonName === name);
    if (addon === undefined) {
      section.set(`${key}.resolve_conflicts_on_create`, "OVERWRITE", "the cluster runs it without EKS, if at all");
      notes.push(`${name} is not an EKS add-on of the cluster. It is added, and adopts objects of that name.`);
      continue;
    }
    section.set(`${key}.version`, addon.addonVersion, "remove it to use the release's");
    section.set(`${key}.resolve_conflicts_on_update`, "PRESERVE", "changes by hand stay; recommended: remove it later");
    const values = parsed(addon.configurationValues);
    if (name === "vpc-cni") section.set(`${key}.network_policy`, values?.["enableNetworkPolicy"] === "true");
    section.set(`${key}.values`, values);
  }
}

function parsed(text: string | undefined): Record<string, unknown> | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    return undefined;
  }
}

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** Node groups are created beside the old ones, because importing them would tie the names and templates of another tool. */
function workers(draft: Draft, { fargate_profiles, nodegroups }: Inventory, notes: string[]): void {
  const taken = new Set<string>();
  for (const group of nodegroups) {
    const item = draft.item("workers");
    item.set("name", nameOf(group.nodegroupName, taken), `beside ${group.nodegroupName}, which you drain and delete`);
    item.set("kind", "managed");
    item.set("instance_types", group.instanceTypes);
    item.set("capacity_type", group.capacityType === "SPOT" ? "SPOT" : undefined);
    const isKnown = (AMI_TYPES as readonly string[]).includes(group.amiType ?? "") && group.amiType !== "CUSTOM";
    if (isKnown) item.set("ami_type", group.amiType);
    else
      notes.push(
        `${group.nodegroupName} has the image ${group.amiType ?? "unknown"}. Check that its pods run on AL2023.`,
      );
    const { desiredSize, maxSize, minSize } = group.scalingConfig;
    item.set("min_size", minSize).set("max_size", Math.max(maxSize, 1));
    item.set("desired_size", desiredSize === minSize ? undefined : desiredSize);
    item.set("root_volume.size_gib", group.diskSize);
    item.set("labels", group.labels !== null && Object.keys(group.labels ?? {}).length > 0 ? group.labels : undefined);
    const taints = (group.taints ?? []).map(({ effect, key, value }) => ({
      key,
      ...(value !== undefined && { value }),
      effect: EFFECTS[effect] ?? effect,
    }));
    item.set("taints", taints.length === 0 ? undefined : taints);
  }
  if (fargate_profiles.length > 0)
    notes.push("The Fargate profiles of the cluster are not in the definition. They stay with their owner.");
}

/** EKS add-ons that are imported if the cluster has them. */
export const ADOPTED_HERE: readonly string[] = [...Object.keys(CORE), "coredns", "aws-ebs-csi-driver"];

function addons(section: Section, { addons: installed, nodegroups }: Inventory): void {
  section.set("platform", "none", "monitoring, logs and backups come later");
  const has = (name: string): boolean => installed.some(({ addonName }) => addonName === name);
  const adopted = "adopt it later: docs/operations/adopt-a-cluster.md";
  for (const [name, key] of Object.entries({ coredns: "coredns", "aws-ebs-csi-driver": "aws_ebs_csi_driver" }))
    section.set(`${key}_enabled`, has(name) && nodegroups.length > 0, has(name) ? "imported" : adopted);
  for (const key of ["metrics_server", "cluster_autoscaler", "aws_load_balancer_controller"])
    section.set(`${key}_enabled`, false, adopted);
}

import type { Addon } from "../../../addons/contract/addon";
import { listed } from "../../../language/suggest";
import { addonSubject } from "../../addons/addon-subject";
import { hasFurtherNodes } from "../../addons/fargate-addons";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { hostedZone } from "../../network/hosted-zone";
import { regionOf } from "../../network/zones";
import { takerOf } from "../../nodes/fargate";
import { type NodeFacts, nodeFacts } from "../../nodes/node-facts";
import type { Check, Finding } from "../../rules/finding";
import { checkUntaintedCapacity } from "../workers/worker-taints";

const NO_POD_IDENTITY = "calls AWS with a role of EKS Pod Identity, which Fargate does not support";

/** Where pods can run. */
export interface Places {
  readonly facts: Pick<NodeFacts, "architectures" | "operating_systems">;
  /** True if there are Linux nodes that no group lists: Auto Mode's, Karpenter's, or machines outside AWS. */
  readonly further_nodes: boolean;
  /** True if a Fargate profile selects pods of a namespace. */
  onFargate(namespace: string): boolean;
}

/** Returns why an addon's pods cannot run on a cluster, and what to do. Undefined if they can. */
export function withoutPlace(
  { architectures, name, namespace, needs_nodes }: Pick<Addon, "name" | "namespace" | "needs_nodes" | "architectures">,
  { facts, further_nodes, onFargate }: Places,
  needs_pod_identity = false,
): string | undefined {
  if (further_nodes) return undefined;
  const off = `set ${name}_enabled: false`;
  if (!facts.operating_systems.some((system) => system !== "WINDOWS")) {
    const only = facts.operating_systems.length > 0 ? "Windows nodes" : "Fargate";
    const nodes = needs_nodes ?? (needs_pod_identity ? NO_POD_IDENTITY : undefined);
    if (nodes !== undefined) return `${nodes}, but the cluster has only ${only}. Add a group of Linux nodes, or ${off}`;
    if (onFargate(namespace)) return undefined;
    return `its pods run on Linux, but the cluster has only ${only}. Select the namespace ${namespace} in a Fargate profile, add a group of Linux nodes, or ${off}`;
  }
  if (architectures === undefined || facts.architectures.some((each) => architectures.includes(each))) return undefined;
  return `its images are built for ${listed(architectures)}, but all nodes are ${listed(facts.architectures)}. Add a group that it can run on, or ${off}`;
}

/** Refuses an addon whose pods find no node, or no role where they run. */
export const checkAddonPlaces: Check = (subject) => {
  const { definition } = subject;
  const { fargate_profiles, workers } = definition.tfvars;
  // If no pod at all can run, another rule reports that.
  if (checkUntaintedCapacity(subject).length > 0 || workers.length + fargate_profiles.length === 0) return [];
  const facts = nodeFacts(definition.tfvars);
  // Only Fargate gives no role; which addons require one takes long to compute.
  const asks = fargate_profiles.length > 0;
  const onFargate = (namespace: string) => takerOf(fargate_profiles, namespace, true) !== undefined;
  return ofEachAddon(definition, ({ addon, name, options }): Finding[] => {
    const path = ["tfvars", "addons", name, "enabled"];
    // On Fargate a token brings the role, if the chart has a value for the annotation.
    const needs_pod_identity = asks && addon.fargate?.annotations === undefined && callsAws(addon, options, subject);
    const further_nodes = hasFurtherNodes(definition, name);
    const message = withoutPlace(addon, { facts, further_nodes, onFargate }, needs_pod_identity);
    if (message !== undefined) return [{ path, message }];
    const taker = takerOf(fargate_profiles, addon.namespace, false);
    if (taker === undefined) return [];
    const stored = addon.loses_without_volume?.(options);
    const onVolume = stored && `stores ${stored} in a volume of EBS, which Fargate does not mount`;
    const reason = needs_pod_identity ? NO_POD_IDENTITY : onVolume;
    if (reason === undefined) return [];
    return [
      {
        path,
        message: `${reason}, but the profile ${taker.name} selects its namespace ${addon.namespace}. Narrow the profile by labels, or set ${name}_enabled: false`,
      },
    ];
  });
};

/** Any numbers: the service level does not change which addons call AWS. */
const NO_LEVEL = {
  name: "none",
  replicas: 1,
  metrics_retention_days: 1,
  metrics_volume_gib: 1,
  logs_retention_days: 1,
  traces_retention_days: 1,
  backup_schedule: null,
  backup_retention_days: 1,
  alert_severity: "none",
} as const;

/** True if some of its pods get a role with these options. */
function callsAws(addon: Addon, options: unknown, { account, definition, regions }: Subject): boolean {
  const partition = regionOf({ definition, regions })?.partition;
  if (addon.service_account === undefined) return false;
  if (account === undefined || partition === undefined) return true;
  const hosted_zone_id = hostedZone(definition, account);
  const subject = addonSubject(definition, { account, partition, hosted_zone_id, images: () => ({}) }); // no permission depends on an image
  const context = { ...subject, vpc_id: "", cluster_dns_ip: "", service_level: NO_LEVEL };
  const identities = [addon, ...(addon.further_identities ?? [])];
  return (
    addon.bucket?.(context, options) !== undefined ||
    identities.some((identity) => (identity.permissions?.(context, options) ?? []).length > 0)
  );
}

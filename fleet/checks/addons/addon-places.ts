import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import { addonSubject } from "../../addons/addon-subject";
import { hasFurtherNodes } from "../../addons/fargate-addons";
import { enabledAddons } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { hostedZone } from "../../network/hosted-zone";
import { regionOf } from "../../network/zones";
import { takerOf } from "../../nodes/fargate";
import { type NodeFacts, nodeFacts } from "../../nodes/node-facts";
import type { Check, Finding } from "../../rules/finding";
import { checkUntaintedCapacity } from "../workers/workers";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

const NO_POD_IDENTITY = "calls AWS by a role of EKS Pod Identity, which Fargate does not have";

/** Where pods can run. */
export interface Places {
  readonly facts: Pick<NodeFacts, "architectures" | "operating_systems">;
  /** Whether there are Linux nodes that no group lists: Auto Mode's, Karpenter's, or machines elsewhere. */
  readonly further_nodes: boolean;
  /** Whether some Fargate profile takes pods of a namespace. */
  onFargate(namespace: string): boolean;
}

/** Why an addon's pods find no place in a cluster, and what to do; undefined where they find one. */
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
    if (nodes !== undefined) return `${nodes}, and the cluster has only ${only}: add a group of Linux nodes, or ${off}`;
    if (onFargate(namespace)) return undefined;
    return `its pods run on Linux, and the cluster has only ${only}: let a Fargate profile take the namespace ${namespace}, add a group of Linux nodes, or ${off}`;
  }
  if (architectures === undefined || facts.architectures.some((each) => architectures.includes(each))) return undefined;
  return `its images are built for ${listed(architectures)}, and all nodes are ${listed(facts.architectures)}: add a group that it can run on, or ${off}`;
}

/** Every addon has machines that it can run on, and gets its role there. */
export const checkAddonPlaces: Check = (subject) => {
  const { definition } = subject;
  const { addons, fargate_profiles, workers } = definition.tfvars;
  // Where nothing can run at all, that has been told, and each addon would only say it again.
  if (checkUntaintedCapacity(subject).length > 0 || workers.length + fargate_profiles.length === 0) return [];
  const given: Path[] = [
    ["tfvars", "workers"],
    ["tfvars", "fargate_profiles"],
  ];
  const facts = nodeFacts(definition.tfvars);
  // Only Fargate gives no role; who needs one takes long to say.
  const asks = fargate_profiles.length > 0;
  const onFargate = (namespace: string) => takerOf(fargate_profiles, namespace, true) !== undefined;
  return enabledAddons(definition).flatMap((name): Finding[] => {
    const addon = ADDONS[name];
    if (addon === undefined) return [];
    const path = ["tfvars", "addons", name, "enabled"];
    // On Fargate a role comes by a token, where the chart takes the annotation for it.
    const needs_pod_identity =
      asks && addon.fargate?.annotations === undefined && callsAws(addon, addons[name].options, subject);
    const further_nodes = hasFurtherNodes(definition, name);
    const message = withoutPlace(addon, { facts, further_nodes, onFargate }, needs_pod_identity);
    if (message !== undefined) return [{ path, message, given }];
    const taker = takerOf(fargate_profiles, addon.namespace, false);
    if (taker === undefined || !needs_pod_identity) return [];
    return [
      {
        path,
        given,
        message: `${NO_POD_IDENTITY}, and the profile ${taker.name} takes its namespace ${addon.namespace}: narrow the profile by labels, or set ${name}_enabled: false`,
      },
    ];
  });
};

/** Numbers of no service level: how much of something there is changes nothing of who calls AWS. */
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

/** Whether with these options some of its pods get a role. */
function callsAws(addon: Addon, options: unknown, { account, definition, regions }: Subject): boolean {
  const partition = regionOf({ definition, regions })?.partition;
  if (addon.service_account === undefined) return false;
  if (account === undefined || partition === undefined) return true;
  const subject = addonSubject(definition, { account, partition, hosted_zone_id: hostedZone(definition, account) });
  const context = { ...subject, vpc_id: "", cluster_dns_ip: "", service_level: NO_LEVEL };
  const identities = [addon, ...(addon.further_identities ?? [])];
  return (
    addon.bucket?.(context, options) !== undefined ||
    identities.some((identity) => (identity.permissions?.(context, options) ?? []).length > 0)
  );
}

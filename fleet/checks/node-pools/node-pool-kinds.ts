import type { Path } from "../../../language/yaml/tree";
import { isSet } from "../../nodes/kubelet";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";
import type { NodePool, PoolRule } from "./each-pool";

/** Keys that set something in Karpenter's EC2NodeClass, and nothing in Auto Mode's NodeClass. */
const ONLY_KARPENTER = [
  "ami_ids",
  "associate_public_ip_address",
  "data_volumes",
  "instance_store_policy",
  "placement_group_name",
  "max_pods",
  "pre_bootstrap_script",
  "node_config",
  "bottlerocket_settings",
  "detailed_monitoring",
] as const;
/** Keys that set something in Auto Mode's NodeClass, and nothing in Karpenter's EC2NodeClass. */
const ONLY_AUTO_MODE = ["snat_policy", "network_policy", "network_policy_event_logs", "fips"] as const;

const needsKarpenter: PoolRule = ({ kind }, { definition }) => {
  if (kind !== "karpenter" || definition.tfvars.addons.karpenter.enabled) return [];
  const finding = requires(["kind"], "Karpenter", "Set addons.karpenter_enabled: true or kind: auto_mode");
  return [{ ...finding, because: [["name"]] }];
};

const needsAutoMode: PoolRule = ({ kind }, { definition }) => {
  const { enabled, custom_node_classes } = definition.tfvars.cluster.auto_mode;
  if (kind !== "auto_mode" || (enabled === true && custom_node_classes)) return [];
  const what = "enabled: true and custom_node_classes: true in cluster.auto_mode";
  return [{ ...requires(["kind"], what, "Set both or use kind: karpenter"), because: [["name"]] }];
};

const withKarpenter =
  (key: (typeof ONLY_AUTO_MODE)[number]): PoolRule =>
  (pool) =>
    pool.kind === "karpenter" && isUsed(pool, key)
      ? [noEffect([key], "Karpenter has no such setting", "or set kind: auto_mode")]
      : [];

const withAutoMode =
  (keys: (pool: NodePool) => readonly Path[]): PoolRule =>
  (pool) =>
    pool.kind === "auto_mode" ? keys(pool).map(inAutoMode) : [];

function inAutoMode(path: Path): Finding {
  return noEffect(path, "EKS Auto Mode controls this setting", "or set kind: karpenter");
}

/** True if a pool sets a key to anything but nothing. */
function isUsed(pool: NodePool, key: keyof NodePool): boolean {
  return pool[key] !== false && isSet(pool[key]);
}

/** Reported only if all pools are Auto Mode's, because a default of the file may be meant for its other pools. */
const imageOfAutoMode: PoolRule = (_, { definition }) =>
  definition.tfvars.node_pools.every(({ kind }) => kind === "auto_mode")
    ? [{ ...inAutoMode(["ami_family"]), own: true }]
    : [];

/** A controller runs the pool, and supports the pool's keys. */
export const kindRules: readonly PoolRule[] = [
  needsKarpenter,
  needsAutoMode,
  ...ONLY_AUTO_MODE.map(withKarpenter),
  ...ONLY_KARPENTER.map((key) => withAutoMode((pool) => (isUsed(pool, key) ? [[key]] : []))),
  withAutoMode(({ kubelet }) =>
    Object.entries(kubelet)
      .filter(([, value]) => isSet(value))
      .map(([key]) => ["kubelet", key]),
  ),
  withAutoMode(({ metadata_options }) =>
    metadata_options.http_put_response_hop_limit === 1 ? [] : [["metadata_options"]],
  ),
  imageOfAutoMode,
];

/** Warns of Karpenter without a pool, unless a chart or manifests of the definition may have one. */
export const checkUnusedKarpenter: Check = ({ definition: { tfvars } }) => {
  const { addons, extra_charts, extra_manifests, node_pools } = tfvars;
  const others = extra_charts.length + extra_manifests.length > 0;
  if (!addons.karpenter.enabled || others || node_pools.length > 0) return [];
  const message = "starts no node, because there is no node pool. Add an item to node_pools";
  return [{ path: ["tfvars", "addons", "karpenter", "enabled"], message, severity: "warning" }];
};

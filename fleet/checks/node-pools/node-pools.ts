import { didYouMean, listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { zonesOf } from "../../network/zones";
import { isSet } from "../../nodes/kubelet";
import type { Check, Finding } from "../../rules/finding";
import { refusedClass } from "./node-pool-class";
import { refusedObjects } from "./node-pool-objects";

type NodePool = Definition["tfvars"]["node_pools"][number];

const KARPENTER = ["tfvars", "addons", "karpenter", "enabled"];
const AUTO_MODE = ["tfvars", "cluster", "auto_mode"];
/** What an EC2NodeClass of Karpenter has, and a NodeClass of Auto Mode has not. */
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
/** The other way round. */
const ONLY_AUTO_MODE = ["snat_policy", "network_policy", "network_policy_event_logs", "fips"] as const;
const AUTOSCALER = ["tfvars", "addons", "cluster_autoscaler", "enabled"];

/** What a node pool says fits together, and somebody runs it. */
export const checkNodePools: Check = (subject) => {
  const { networking, node_pools } = subject.definition.tfvars;
  const regular = zonesOf(subject);
  const zones = regular.length === 0 ? [] : [...regular, ...networking.local_zones];
  return node_pools.flatMap((pool, index) => {
    const path = ["tfvars", "node_pools", index];
    const own = [
      ...limits(pool),
      ...sizes(pool),
      ...budgets(pool),
      ...requirements(pool),
      ...poolZones(pool, zones),
      ...refusedObjects(subject.definition, pool),
      ...refusedClass(subject, pool),
    ];
    return [...runner(subject.definition, pool), ...own, ...imageVersion(subject, pool)].map((finding) => ({
      ...finding,
      path: [...path, ...finding.path],
      given: (finding.given ?? []).map((other) => (other[0] === "tfvars" ? other : [...path, ...other])),
    }));
  });
};

/** Somebody makes the pool's nodes, and can do what it says. */
function runner({ tfvars }: Definition, pool: NodePool): Finding[] {
  if (pool.kind === "karpenter") {
    const elsewhere = said(pool, ONLY_AUTO_MODE).map((key) => {
      const message = "is EKS Auto Mode's only: remove it, or set kind: auto_mode";
      return { path: [key], given: [["kind"]], message };
    });
    if (tfvars.addons.karpenter.enabled) return elsewhere;
    const message = "needs the addon that makes its nodes: set addons.karpenter_enabled: true";
    return [{ path: ["kind"], given: [KARPENTER], message }, ...elsewhere];
  }
  const { enabled, custom_node_classes } = tfvars.cluster.auto_mode;
  if (enabled !== true || !custom_node_classes) {
    const message = "needs cluster.auto_mode with enabled: true and custom_node_classes: true";
    return [{ path: ["kind"], given: [AUTO_MODE], message }];
  }
  const message = "is Karpenter's only, and EKS Auto Mode decides it itself: remove it";
  return [
    ...[...said(pool, ONLY_KARPENTER), ...kubeletKeys(pool), ...hopLimit(pool)].map((key) => ({
      path: typeof key === "string" ? [key] : key,
      given: [["kind"]],
      message,
    })),
    // Defaults of the file may be meant for its other pools.
    ...(tfvars.node_pools.every(({ kind }) => kind === "auto_mode")
      ? [{ own: true, path: ["ami_family"], given: [["kind"]], message } as const]
      : []),
  ];
}

/** What a pool says more of than nothing. */
function said<Key extends keyof NodePool>(pool: NodePool, keys: readonly Key[]): Key[] {
  return keys.filter((key) => pool[key] !== false && isSet(pool[key]));
}

function kubeletKeys({ kubelet }: NodePool): Path[] {
  return Object.entries(kubelet)
    .filter(([, value]) => isSet(value))
    .map(([key]) => ["kubelet", key]);
}

function hopLimit({ metadata_options }: NodePool): Path[] {
  return metadata_options.http_put_response_hop_limit === 1 ? [] : [["metadata_options"]];
}

function limits({ limits: { vcpus, memory_gib } }: NodePool): Finding[] {
  if (vcpus !== null || memory_gib !== null) return [];
  const message = "needs vcpus or memory_gib: without a limit, a mistake in one Deployment buys nodes without end";
  return [{ path: ["limits"], message }];
}

function sizes({ min_vcpus, max_vcpus }: NodePool): Finding[] {
  if (min_vcpus === null || max_vcpus === null || min_vcpus <= max_vcpus) return [];
  const message = `must be at least min_vcpus (${min_vcpus}), got ${max_vcpus}`;
  return [{ path: ["max_vcpus"], given: [["min_vcpus"]], message }];
}

function budgets({ disruption_budgets }: NodePool): Finding[] {
  return disruption_budgets.flatMap(({ schedule, duration }, index): Finding[] => {
    const path = ["disruption_budgets", index];
    if ((schedule === undefined) === (duration === undefined)) return [];
    const missing = schedule === undefined ? "schedule" : "duration";
    const given = [
      [...path, "schedule"],
      [...path, "duration"],
    ];
    return [{ path, given, message: `has no ${missing}: schedule says when it begins to hold, duration for how long` }];
  });
}

function requirements({ requirements: list }: NodePool): Finding[] {
  return list.flatMap(({ operator, values }, index): Finding[] => {
    const path = ["requirements", index];
    const count = values?.length ?? 0;
    switch (operator) {
      case "In":
      case "NotIn":
        return count > 0 ? [] : [{ path, message: `has no values: ${operator} compares with at least one` }];
      case "Gt":
      case "Lt":
        return count === 1 && /^\d+$/.test(values?.[0] ?? "")
          ? []
          : [{ path, message: `must have one whole number as its values: ${operator} compares with it` }];
      case "Exists":
      case "DoesNotExist":
        return count === 0 ? [] : [{ path, message: `has values, which ${operator} does not take: remove them` }];
      default:
        return operator satisfies never;
    }
  });
}

function poolZones({ availability_zones }: NodePool, zones: readonly string[]): Finding[] {
  if (zones.length === 0) return [];
  return availability_zones.flatMap((zone, index) => {
    if (zones.includes(zone)) return [];
    const message = `${JSON.stringify(zone)} is not a zone of the cluster's network${didYouMean(zone, zones) || "."} Its zones: ${listed(zones)}`;
    return [{ path: ["availability_zones", index], message }];
  });
}

function imageVersion({ definition, release }: Parameters<Check>[0], { ami_family, kind }: NodePool): Finding[] {
  if (kind !== "karpenter" || ami_family !== "Bottlerocket" || release === undefined) return [];
  const version = definition.tfvars.cluster.kubernetes_version;
  const kubernetes = release.kubernetes[version];
  if (kubernetes === undefined || kubernetes.bottlerocket_version !== undefined) return [];
  const message = `release ${release.name} pins no bottlerocket_version for Kubernetes ${version}: take AL2023, another release, or add it there`;
  return [{ path: ["ami_family"], message }];
}

/**
 * For a pod that waits, Karpenter and the autoscaler would each make a node, and each would then remove the other's. On groups that
 * only tolerating pods use, or that keep their size, they do not meet.
 */
export const checkTwoAutoscalers: Check = ({ definition: { tfvars } }) => {
  const { karpenter, cluster_autoscaler } = tfvars.addons;
  if (!karpenter.enabled || !cluster_autoscaler.enabled) return [];
  const shared = tfvars.workers.filter(
    ({ autoscaling, taints }) => autoscaling && taints.every(({ effect }) => effect === "PreferNoSchedule"),
  );
  if (shared.length === 0) return [];
  const names = listed(shared.map(({ name }) => name));
  const message = `cannot run beside karpenter on ${names}: both would make nodes for the same pods; set cluster_autoscaler_enabled: false, or autoscaling: false or a taint on ${names}`;
  return [{ path: AUTOSCALER, given: [KARPENTER], message }];
};

import { vcpusOf } from "../../../aws/instance-sizes";
import { instanceLimits, vcpus } from "../../../aws/instance-types";
import { millicpusOf } from "../../../language/words/quantity";
import { milliseconds } from "../../../language/words/schedules";
import { zonesOf } from "../../network/zones";
import { daemonsOf } from "../../nodes/daemon-pods";
import { cniOf, nodeAddresses } from "../../nodes/node-addresses";
import { eachItem } from "../../rules/each-item";
import { atLeast, requires } from "../../rules/forms";
import { unknownZones } from "../../rules/network-zones";
import { eachPool, type PoolRule } from "./each-pool";
import { classRules } from "./node-pool-class";
import { excludingRequirements, possibleTypes, typesOfRegion } from "./node-pool-instances";
import { kindRules } from "./node-pool-kinds";
import { objectRules } from "./node-pool-objects";
import { requirementRules } from "./node-pool-requirements";

const limits: PoolRule = ({ limits: { vcpus, memory_gib, nodes } }) =>
  vcpus === null && memory_gib === null && nodes === null
    ? [
        {
          ...requires(
            ["limits"],
            "vcpus, memory_gib or nodes",
            "Set one of them: without a limit, a mistake in one Deployment buys any number of nodes",
          ),
          because: [["name"]],
        },
      ]
    : [];

const sizes: PoolRule = ({ min_vcpus, max_vcpus }) =>
  min_vcpus === null || max_vcpus === null
    ? []
    : atLeast(["max_vcpus"], max_vcpus, { key: "min_vcpus", value: min_vcpus });

/** Reports nodes that the pods of DaemonSets fill: Karpenter then finds no type that fits another pod, and starts none. */
const roomForPods: PoolRule = ({ kind, max_pods }, { definition }) => {
  if (kind !== "karpenter" || max_pods === null) return [];
  const { names, pods } = daemonsOf(definition);
  if (max_pods > pods) return [];
  const message = `leaves no room for a pod, so Karpenter starts no node: ${names.join(", ")} run ${pods} on every node. Raise max_pods`;
  return [{ path: ["max_pods"], message }];
};

/**
 * Warns of a limit that the interfaces of a type have no addresses for. Karpenter then counts pods by the limit, and those without an
 * address are scheduled and never start.
 */
const moreThanAddresses: PoolRule = (pool, { definition: { tfvars } }) => {
  const { capacity_types, kind, max_pods } = pool;
  const counts = kind === "karpenter" && tfvars.cluster.vpc_cni.enabled && tfvars.networking.ip_family !== "ipv6";
  if (!counts || max_pods === null || capacity_types.every((each) => each === "reserved")) return [];
  const least = possibleTypes(pool)
    .flatMap((type) => {
      const limits = instanceLimits(type);
      if (limits === undefined) return [];
      const settings = { maxPods: max_pods, vcpus: vcpus(type), managed: false };
      return [{ type, pods: nodeAddresses(limits, cniOf(tfvars, type), settings).pods }];
    })
    .sort((one, other) => one.pods - other.pods)[0];
  if (least === undefined || least.pods >= max_pods) return [];
  const more = tfvars.cluster.vpc_cni.prefix_delegation ? "" : ", set tfvars.cluster.vpc_cni.prefix_delegation: true";
  const message = `is more than the network interfaces of ${least.type}, which the pool may use, have addresses for: ${least.pods} pods. Further pods are scheduled there, and never start. Lower it to ${least.pods}${more}, or exclude small types by min_vcpus`;
  return [{ path: ["max_pods"], message, severity: "warning" }];
};

/** Reports a reservation that no type of the pool can hold, such as 500 CPUs in place of 500m. */
const reservedCpus: PoolRule = (pool) => {
  const { kube_reserved, system_reserved } = pool.kubelet;
  const reserved = (millicpusOf(kube_reserved.cpu ?? "0") ?? 0) + (millicpusOf(system_reserved.cpu ?? "0") ?? 0);
  const most = Math.max(...possibleTypes(pool).map((type) => vcpusOf(type) ?? Number.POSITIVE_INFINITY));
  if (reserved < most * 1000 || most === Number.NEGATIVE_INFINITY) return [];
  const key = kube_reserved.cpu === undefined ? "system_reserved" : "kube_reserved";
  const message = `reserves ${reserved / 1000} CPUs, but the largest type of the pool has ${most}, so no pod ever runs. Write thousandths as 500m`;
  return [{ path: ["kubelet", key, "cpu"], message }];
};

const budgets: PoolRule = ({ disruption_budgets }) =>
  eachItem(["disruption_budgets"], disruption_budgets, [
    ({ schedule, duration }) => {
      if ((schedule === undefined) === (duration === undefined)) return [];
      const missing = schedule === undefined ? "schedule" : "duration";
      return [requires([], missing, "Set both schedule (when the budget begins) and duration (how long it lasts)")];
    },
  ]);

/** Warns of a budget that always applies and lets no node go: then no new image and no consolidation reaches the pool. */
const permanentBudget: PoolRule = ({ disruption_budgets }) =>
  eachItem(["disruption_budgets"], disruption_budgets, [
    ({ duration, nodes, reasons = [], schedule }) => {
      if (!/^0%?$/.test(nodes) || schedule !== undefined || duration !== undefined || reasons.length > 0) return [];
      const message =
        "lets Karpenter replace no node at any time, so nodes keep old images. Add schedule and duration, or raise it";
      return [{ path: ["nodes"], message, severity: "warning" }];
    },
  ]);

const HOUR = 3_600_000;

/** A node takes minutes to start and to be drained. */
const shortLives: PoolRule = ({ expire_after }) => {
  if (expire_after === null || expire_after === "Never" || milliseconds(expire_after) >= HOUR) return [];
  const message = `replaces each node after ${expire_after}, and no disruption budget holds that back. Set at least 1h, such as 336h`;
  return [{ path: ["expire_after"], message, severity: "warning" }];
};

const zones: PoolRule = ({ availability_zones }, subject) => {
  const regular = zonesOf(subject);
  const known = regular.length === 0 ? [] : [...regular, ...subject.definition.tfvars.networking.local_zones];
  return unknownZones(["availability_zones"], availability_zones, known);
};

const imageVersion: PoolRule = ({ ami_family, kind }, { definition, release }) => {
  if (kind !== "karpenter" || ami_family !== "Bottlerocket" || release === undefined) return [];
  const version = definition.tfvars.cluster.kubernetes_version;
  const kubernetes = release.kubernetes[version];
  if (kubernetes === undefined || kubernetes.bottlerocket_version !== undefined) return [];
  const message = `release ${release.name} pins no bottlerocket_version for Kubernetes ${version}. Use AL2023 or another release, or add the version to the release`;
  return [{ path: ["ami_family"], message }];
};

export const checkNodePools = eachPool([
  ...kindRules,
  limits,
  sizes,
  roomForPods,
  moreThanAddresses,
  reservedCpus,
  budgets,
  permanentBudget,
  shortLives,
  zones,
  ...requirementRules,
  excludingRequirements,
  typesOfRegion,
  ...objectRules,
  ...classRules,
  imageVersion,
]);

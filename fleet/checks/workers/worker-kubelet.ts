import { operatingSystemOf } from "../../../aws/ami";
import { mostVcpus } from "../../../aws/instance-types";
import { ownValue } from "../../../language/plain-map";
import { didYouMean, listedInOrder } from "../../../language/suggest";
import { millicpusOf } from "../../../language/words/quantity";
import type { Path } from "../../../language/yaml/tree";
import type { Worker } from "../../model/cluster";
import { isSet, KUBELET, KUBELET_KEYS, type Kubelet, type KubeletKey, whyMissing } from "../../nodes/kubelet";
import { namedTypes, workerKind } from "../../nodes/worker-kind";
import { eachItem } from "../../rules/each-item";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";

const at = (key: KubeletKey, ...rest: readonly (string | number)[]): Path => ["kubelet", key, ...rest];

const supported = KUBELET_KEYS.map(
  (key): WorkerRule =>
    (worker) => {
      if (!isSet(worker.kubelet[key])) return [];
      const system = operatingSystemOf(worker);
      if (system === "WINDOWS" && workerKind(worker) === "managed") {
        const remedy = "or use ami_type: CUSTOM and kind: self_managed";
        return [noEffect(at(key), "EKS starts the kubelet of a managed Windows group", remedy)];
      }
      const why = whyMissing(key, system);
      return why === undefined ? [] : [noEffect(at(key), why.missing, why.instead)];
    },
);

const staticPolicy: WorkerRule = ({ kubelet: { cpu_manager_policy, cpu_manager_policy_options } }) => {
  if (cpu_manager_policy_options.length === 0 || cpu_manager_policy === "static") return [];
  const remedy = "or set cpu_manager_policy: static";
  return [noEffect(at("cpu_manager_policy_options"), "cpu_manager_policy is not static", remedy)];
};

const topologyScope: WorkerRule = ({ kubelet: { topology_manager_policy, topology_manager_scope } }) => {
  if (topology_manager_scope === null || (topology_manager_policy ?? "none") !== "none") return [];
  const reason = "topology_manager_policy is none, its default";
  return [noEffect(at("topology_manager_scope"), reason, "or set another topology_manager_policy")];
};

const memoryManager: WorkerRule = ({ kubelet: { memory_manager_policy, reserved_memory } }) => {
  const isStatic = memory_manager_policy === "Static";
  if (isStatic === reserved_memory.length > 0) return [];
  if (!isStatic) {
    const remedy = "or set memory_manager_policy: Static";
    return [noEffect(at("reserved_memory"), "memory_manager_policy is not Static", remedy)];
  }
  const message = "Static requires reserved_memory for each NUMA node, or the kubelet does not start";
  return [{ path: at("memory_manager_policy"), message }];
};

const parallelPulls: WorkerRule = ({ kubelet: { max_parallel_image_pulls: pulls, serialize_image_pulls } }) => {
  if (pulls === null || pulls === 1 || serialize_image_pulls !== true) return [];
  const message = `must be 1 because serialize_image_pulls is true, or the kubelet does not start, but is ${pulls}`;
  return [{ path: at("max_parallel_image_pulls"), message }];
};

const shutdown: WorkerRule = ({ kubelet }) => {
  const { shutdown_grace_period: all, shutdown_grace_period_critical_pods: critical } = kubelet;
  const path = at("shutdown_grace_period_critical_pods");
  if (critical === null) return [];
  if (all === null) return [requires(path, "shutdown_grace_period, which includes it", "Set both, or remove it")];
  if (seconds(critical) <= seconds(all)) return [];
  return [{ path, message: `must be at most shutdown_grace_period (${all}), but is ${critical}` }];
};

/** Reports soft evictions without a grace period, and grace periods without an eviction. */
export function evictionPairs({
  eviction_soft: soft,
  eviction_soft_grace_period: periods,
}: Pick<Kubelet, "eviction_soft" | "eviction_soft_grace_period">): Finding[] {
  const unpaired = (some: object, others: object): string[] => Object.keys(some).filter((key) => !(key in others));
  return [
    ...unpaired(soft, periods).map((signal) => {
      const what = `eviction_soft_grace_period."${signal}"`;
      return requires(at("eviction_soft", signal), what, "Set it, or the kubelet does not start");
    }),
    ...unpaired(periods, soft).map((signal) => {
      const reason = `eviction_soft."${signal}" is not set`;
      return noEffect(at("eviction_soft_grace_period", signal), reason, "or set eviction_soft");
    }),
  ];
}

/** Defaults of the kubelet in percent: KubeletConfiguration v1beta1. */
const IMAGE_GC = { high: 85, low: 80 };

/** Reports a threshold at which the kubelet starts to remove images that is not above the one at which it stops. */
export function imageShares({
  image_gc_high_threshold_percent: high,
  image_gc_low_threshold_percent: low,
}: Pick<Kubelet, "image_gc_high_threshold_percent" | "image_gc_low_threshold_percent">): Finding[] {
  if ((low ?? IMAGE_GC.low) < (high ?? IMAGE_GC.high)) return [];
  const [key, other] = ["image_gc_low_threshold_percent", "image_gc_high_threshold_percent"] as const;
  if (low === null)
    return [{ path: at(other), message: `must be more than ${key} (${IMAGE_GC.low} by default), but is ${high}` }];
  const bound = high ?? `${IMAGE_GC.high} by default`;
  return [{ path: at(key), message: `must be less than ${other} (${bound}), but is ${low}` }];
}

/** Returns the seconds of a duration such as `1m30s`. */
function seconds(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
  return [...duration.matchAll(/(?<!\d)(\d+)([hms])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}

/** Returns the named type with the fewest vCPUs, of those whose vCPUs are known. */
function smallestType(worker: Worker): { readonly type: string; readonly vcpus: number } | undefined {
  const known = namedTypes(worker).flatMap((type) => {
    const vcpus = mostVcpus(type);
    return vcpus === undefined ? [] : [{ type, vcpus }];
  });
  return known.sort((a, b) => a.vcpus - b.vcpus)[0];
}

/** Returns the CPUs of a list of Linux, such as `0,2-3`. */
function cpusIn(list: string): ReadonlySet<number> {
  const ranges = list.split(",").map((range) => range.split("-").map(Number));
  return new Set(
    ranges.flatMap(([first = 0, last = first]) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    ),
  );
}

/** The kubelet does not start if a reserved CPU does not exist, and runs no pod if all are reserved. */
const reservedSet: WorkerRule = (worker) => {
  const { reserved_system_cpus: cpus } = worker.kubelet;
  const smallest = cpus === null ? undefined : smallestType(worker);
  if (cpus === null || smallest === undefined) return [];
  const { type, vcpus } = smallest;
  const highest = Math.max(...cpus.split(/[,-]/).map(Number));
  if (highest < vcpus && cpusIn(cpus).size < vcpus) return [];
  if (highest < vcpus)
    return [
      {
        path: at("reserved_system_cpus"),
        message: `reserves all ${vcpus} vCPUs of ${type}, so no pod can run. List fewer CPUs, or use larger types`,
      },
    ];
  const message = `must be CPUs of every instance type, and ${type} has 0-${vcpus - 1} only, but is ${JSON.stringify(cpus)}. List fewer CPUs, or use larger types`;
  return [{ path: at("reserved_system_cpus"), message }];
};

/** The kubelet does not start if it reserves more than all CPUs, and runs no pod if it reserves all. */
const reservedCpus: WorkerRule = (worker) => {
  const { kube_reserved, reserved_system_cpus, system_reserved } = worker.kubelet;
  const [kube = 0, system = 0] = [kube_reserved, system_reserved].map(({ cpu = "0" }) => millicpusOf(cpu));
  const reserved = kube + system;
  if (reserved === 0 || reserved_system_cpus !== null) return []; // reserved_system_cpus takes precedence
  const smallest = smallestType(worker);
  if (smallest === undefined || reserved < smallest.vcpus * 1000) return [];
  const key = kube_reserved.cpu === undefined ? "system_reserved" : "kube_reserved";
  const both = key === "kube_reserved" && system_reserved.cpu !== undefined ? " together with system_reserved" : "";
  const message = `must be less than the ${smallest.vcpus} vCPUs of ${smallest.type}${both}, but is ${reserved}m. Reserve less, or use larger types`;
  return [{ path: at(key, "cpu"), message }];
};

/** Options of the static policy, and its alpha options: Kubernetes documentation of 1.32 to 1.36. */
const POLICY_OPTIONS = [
  "align-by-socket",
  "distribute-cpus-across-cores",
  "distribute-cpus-across-numa",
  "full-pcpus-only",
  "prefer-align-cpus-by-uncorecache",
  "strict-cpu-reservation",
];
const ALPHA_OPTIONS = new Set(["align-by-socket", "distribute-cpus-across-cores"]);
const ALPHA_GATE = "CPUManagerPolicyAlphaOptions";

const policyOptions: WorkerRule = ({ kubelet: { cpu_manager_policy_options } }) =>
  eachItem(at("cpu_manager_policy_options"), cpu_manager_policy_options, [
    (option) => {
      if (POLICY_OPTIONS.includes(option)) return [];
      const meant = didYouMean(option, POLICY_OPTIONS) || ` (known: ${listedInOrder(POLICY_OPTIONS)})`;
      return [{ path: [], message: `is not an option of the CPU manager${meant}` }];
    },
  ]);

/** The kubelet does not start with an option whose feature gate is off. */
const alphaOptions: WorkerRule = (worker) =>
  eachItem(at("cpu_manager_policy_options"), worker.kubelet.cpu_manager_policy_options, [
    (option) => {
      if (!ALPHA_OPTIONS.has(option) || worker.kubelet.feature_gates[ALPHA_GATE] === true) return [];
      const remedy =
        operatingSystemOf(worker) === "BOTTLEROCKET"
          ? "Bottlerocket has no feature gates. Remove it"
          : `the kubelet does not start without its feature gate. Set feature_gates.${ALPHA_GATE}: true, or remove it`;
      return [{ path: [], message: `${option} is an alpha feature, and ${remedy}` }];
    },
  ]);

/** Fields of KubeletConfiguration that nodeadm or another key of the definition sets. */
const NOT_EXTRA: Readonly<Record<string, string>> = {
  apiVersion: "is set already. Remove it",
  kind: "is set already. Remove it",
  providerID: "is set by nodeadm. Remove it",
  registerWithTaints: "belongs in taints. Move it there",
};

const extra: WorkerRule = ({ kubelet }) =>
  Object.keys(kubelet.extra).flatMap((field) => {
    const typed = KUBELET_KEYS.find((key) => KUBELET[key].config === field);
    const message = typed === undefined ? ownValue(NOT_EXTRA, field) : `has its own key. Use kubelet.${typed}`;
    return message === undefined ? [] : [{ path: at("extra", field), message }];
  });

const reservedPids = (["kube_reserved", "system_reserved"] as const).map(
  (key): WorkerRule =>
    (worker) =>
      operatingSystemOf(worker) !== "BOTTLEROCKET" || worker.kubelet[key].pid === undefined
        ? []
        : [noEffect(at(key, "pid"), "Bottlerocket reserves cpu, memory and ephemeral-storage only")],
);

export const checkKubelet = eachWorker([
  ...supported,
  ({ kubelet }) => evictionPairs(kubelet),
  ({ kubelet }) => imageShares(kubelet),
  staticPolicy,
  topologyScope,
  memoryManager,
  parallelPulls,
  shutdown,
  reservedSet,
  reservedCpus,
  policyOptions,
  alphaOptions,
  extra,
  ...reservedPids,
]);

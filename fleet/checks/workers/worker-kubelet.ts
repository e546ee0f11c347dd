import { operatingSystemOf } from "../../../aws/ami";
import { mostVcpus } from "../../../aws/instance-types";
import { didYouMean, listed } from "../../../language/suggest";
import type { Worker } from "../../model/cluster";
import { isSet, KUBELET, KUBELET_KEYS, type KubeletKey, whyMissing } from "../../nodes/kubelet";
import { namedTypes, workerKind } from "../../nodes/worker-kind";
import { ofEachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

/** What a group tells its kubelets is something that they can be told, and fits together. */
export const checkKubelet: Check = (subject) =>
  ofEachWorker(subject, (worker) => {
    const untold = KUBELET_KEYS.flatMap((key) => cannotBeTold(worker, key));
    if (untold.length > 0) return untold;
    return [
      ...pairs(worker),
      ...reservedCpus(worker),
      ...policyOptions(worker),
      ...extras(worker),
      ...keptOnBottlerocket(worker),
    ];
  });

const AMI_TYPE = ["ami_type"] as const;
const at = (key: KubeletKey, ...rest: readonly (string | number)[]) => ["kubelet", key, ...rest];

function cannotBeTold(worker: Worker, key: KubeletKey): Finding[] {
  if (!isSet(worker.kubelet[key])) return [];
  const system = operatingSystemOf(worker);
  const given = [AMI_TYPE, ["ami_family"]];
  if (system === "WINDOWS" && workerKind(worker) === "managed") {
    const message =
      "cannot be said to a managed Windows group, whose kubelet EKS starts by itself: remove it, or take ami_type: CUSTOM and kind: self_managed";
    return [{ path: at(key), given: [...given, ["kind"]], message }];
  }
  const missing = whyMissing(key, system);
  return missing === undefined ? [] : [{ path: at(key), given, message: `has no effect here: ${missing}` }];
}

/** Settings that say nothing without another one, or against it. */
function pairs({ kubelet }: Worker): Finding[] {
  const findings = [...evictionPairs(kubelet), ...imageShares(kubelet)];
  const say = (key: KubeletKey, other: KubeletKey, message: string): void => {
    findings.push({ path: at(key), given: [at(other)], message });
  };
  if (kubelet.cpu_manager_policy_options.length > 0 && kubelet.cpu_manager_policy !== "static")
    say("cpu_manager_policy_options", "cpu_manager_policy", "has no effect without cpu_manager_policy: static");
  if (kubelet.topology_manager_scope !== null && (kubelet.topology_manager_policy ?? "none") === "none")
    say(
      "topology_manager_scope",
      "topology_manager_policy",
      "has no effect without a topology_manager_policy other than none",
    );
  const fixed = kubelet.memory_manager_policy === "Static";
  if (fixed && kubelet.reserved_memory.length === 0)
    say(
      "memory_manager_policy",
      "reserved_memory",
      "Static needs reserved_memory for each NUMA node: without it the kubelet does not start",
    );
  if (!fixed && kubelet.reserved_memory.length > 0)
    say("reserved_memory", "memory_manager_policy", "has no effect without memory_manager_policy: Static");
  if (
    kubelet.max_parallel_image_pulls !== null &&
    kubelet.max_parallel_image_pulls > 1 &&
    kubelet.serialize_image_pulls === true
  )
    say(
      "max_parallel_image_pulls",
      "serialize_image_pulls",
      "must be 1 where serialize_image_pulls is true: the kubelet does not start with both",
    );
  const { shutdown_grace_period: all, shutdown_grace_period_critical_pods: critical } = kubelet;
  if (critical !== null && (all === null || seconds(critical) > seconds(all))) {
    const message =
      all === null
        ? "needs shutdown_grace_period, of which it is the last part"
        : `must be at most shutdown_grace_period (${all}), got ${critical}`;
    say("shutdown_grace_period_critical_pods", "shutdown_grace_period", message);
  }
  return findings;
}

/** Soft evictions and their patience go together. */
export function evictionPairs(
  kubelet: Pick<Worker["kubelet"], "eviction_soft" | "eviction_soft_grace_period">,
): Finding[] {
  const findings: Finding[] = [];
  for (const signal of Object.keys(kubelet.eviction_soft)) {
    if (signal in kubelet.eviction_soft_grace_period) continue;
    const message = `needs eviction_soft_grace_period."${signal}": without it the kubelet does not start`;
    findings.push({ path: at("eviction_soft", signal), given: [at("eviction_soft_grace_period")], message });
  }
  for (const signal of Object.keys(kubelet.eviction_soft_grace_period)) {
    if (signal in kubelet.eviction_soft) continue;
    const message = `has no effect without eviction_soft."${signal}": add that, or remove it`;
    findings.push({ path: at("eviction_soft_grace_period", signal), given: [at("eviction_soft")], message });
  }
  return findings;
}

/** The share at which images are removed is above the one down to which they are. */
export function imageShares({
  image_gc_high_threshold_percent: high,
  image_gc_low_threshold_percent: low,
}: Pick<Worker["kubelet"], "image_gc_high_threshold_percent" | "image_gc_low_threshold_percent">): Finding[] {
  if ((low ?? 80) < (high ?? 85)) return [];
  const [key, other] = ["image_gc_low_threshold_percent", "image_gc_high_threshold_percent"] as const;
  return low === null
    ? [
        {
          path: at(other),
          given: [at(key)],
          message: `must be more than ${key}, which the kubelet takes for 80, got ${high}`,
        },
      ]
    : [
        {
          path: at(key),
          given: [at(other)],
          message: `must be less than ${other} (${high ?? "85, the kubelet's own"}), got ${low}`,
        },
      ];
}

function seconds(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}

/** What is kept from pods is less than the smallest type has: the kubelet does not start with more, and with all runs no pod. */
function reservedCpus(worker: Worker): Finding[] {
  const { kube_reserved, reserved_system_cpus, system_reserved } = worker.kubelet;
  const kept = millicpus(kube_reserved.cpu) + millicpus(system_reserved.cpu);
  if (kept === 0 && reserved_system_cpus === null) return [];
  const [smallest] = namedTypes(worker)
    .flatMap((type) => {
      const vcpus = mostVcpus(type);
      return vcpus === undefined ? [] : [{ type, vcpus }];
    })
    .sort((a, b) => a.vcpus - b.vcpus);
  if (smallest === undefined) return [];
  const { type, vcpus } = smallest;
  const given = [["instance_types"], ["instance_requirements"]];
  if (reserved_system_cpus !== null) {
    // These count in place of kube_reserved and system_reserved.
    const highest = Math.max(...reserved_system_cpus.split(/[,-]/).map(Number));
    if (highest < vcpus) return [];
    const message = `must be CPUs that every instance type has, and ${type} has 0-${vcpus - 1} only, got ${JSON.stringify(reserved_system_cpus)}: name fewer, or take larger types`;
    return [{ path: at("reserved_system_cpus"), given, message }];
  }
  if (kept < vcpus * 1000) return [];
  const key = kube_reserved.cpu === undefined ? "system_reserved" : "kube_reserved";
  const other = key === "kube_reserved" && system_reserved.cpu !== undefined ? ", with that of system_reserved," : "";
  const message = `must${other} be less than the ${vcpus} vCPUs of ${type}, got ${kept}m: keep less, or take larger types`;
  return [{ path: at(key, "cpu"), given: [...given, at("system_reserved")], message }];
}

/** A quantity of CPUs in thousandths: `500m` or `0.5`. */
function millicpus(quantity = "0"): number {
  if (quantity.endsWith("m")) return Number(quantity.slice(0, -1));
  const cpus = Number(quantity);
  return Number.isNaN(cpus) ? 0 : cpus * 1000; // 1k or 1Ki of CPUs, which nobody has
}

/** Options of the static policy, and those that are in alpha: Kubernetes's docs of 1.32 to 1.36. */
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

/** The kubelet does not start with an option that it does not know, or whose feature gate is off. */
function policyOptions(worker: Worker): Finding[] {
  const { cpu_manager_policy_options: options, feature_gates } = worker.kubelet;
  return options.flatMap((option, index): Finding[] => {
    const path = at("cpu_manager_policy_options", index);
    if (!POLICY_OPTIONS.includes(option)) {
      const meant = didYouMean(option, POLICY_OPTIONS);
      const message = `is no option of the CPU manager${meant === "" ? `, which are ${listed(POLICY_OPTIONS)}` : meant}`;
      return [{ path, message }];
    }
    if (!ALPHA_OPTIONS.has(option) || feature_gates[ALPHA_GATE] === true) return [];
    const message =
      operatingSystemOf(worker) === "BOTTLEROCKET"
        ? `${option} is in alpha, and Bottlerocket has no setting for its feature gate: remove it`
        : `${option} is in alpha, and without its feature gate the kubelet does not start: set feature_gates.${ALPHA_GATE}: true, or remove it`;
    return [{ path, given: [AMI_TYPE, at("feature_gates")], message }];
  });
}

/** Fields that nodeadm, or another key of the definition, says. */
const NOT_EXTRA: Readonly<Record<string, string>> = {
  apiVersion: "is said already: give the fields beside it",
  kind: "is said already: give the fields beside it",
  providerID: "is the node's own, which nodeadm finds out",
  registerWithTaints: "is what taints says: put them there",
};

function extras({ kubelet }: Worker): Finding[] {
  return Object.keys(kubelet.extra).flatMap((field) => {
    const typed = KUBELET_KEYS.find((key) => KUBELET[key].config === field);
    const message = typed === undefined ? NOT_EXTRA[field] : `is kubelet.${typed}: say it there`;
    return message === undefined ? [] : [{ path: at("extra", field), message }];
  });
}

/** Bottlerocket's model of what is kept for the system has no processes. */
function keptOnBottlerocket(worker: Worker): Finding[] {
  if (operatingSystemOf(worker) !== "BOTTLEROCKET") return [];
  return (["kube_reserved", "system_reserved"] as const).flatMap((key) =>
    worker.kubelet[key].pid === undefined
      ? []
      : [
          {
            path: at(key, "pid"),
            given: [AMI_TYPE],
            message: "has no effect here: Bottlerocket keeps cpu, memory and ephemeral-storage only",
          },
        ],
  );
}

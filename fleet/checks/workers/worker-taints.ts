import { operatingSystemOf } from "../../../aws/ami";
import { sameTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Definition, Taint, Worker } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import { hasHybridNodes } from "../../nodes/auto-mode";
import { COREDNS_PODS, runsOnFargate } from "../../nodes/fargate";
import { eachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";
import { autoModeRunsAnything } from "./auto-mode";

const WORKERS = ["tfvars", "workers"] as const;

/** Taint that CoreDNS, EKS's own add-ons and the platform's charts tolerate. */
const PLATFORM_TAINT = "CriticalAddonsOnly";

/** Reports taints with the same key and effect, by which Kubernetes identifies a taint. */
export function taintsTwice(taints: Worker["taints"], path: Path): Finding[] {
  return sameTwice(
    path,
    taints,
    ({ effect, key }) => `${key}:${effect}`,
    (id) => `repeats the taint ${id}. Remove one of them`,
  );
}

export const checkTaints = eachWorker([({ taints }) => taintsTwice(taints, ["taints"])]);

/**
 * Reports a cluster without a place for CoreDNS and the controllers, which run on Linux and tolerate no taints of a group. With a
 * Fargate profile for CoreDNS, the profiles are responsible for the other pods.
 */
export const checkUntaintedCapacity: Check = ({ definition }) => {
  const { workers } = definition.tfvars;
  if (!needsGroups(definition) || placesOf(definition).length > 0) return [];
  if (workers.length === 0 && enabledAddons(definition).length === 0) return []; // only a control plane
  const fargate =
    definition.tfvars.fargate_profiles.length === 0
      ? ""
      : ", or select CoreDNS with a Fargate profile (namespace kube-system, label k8s-app: kube-dns)";
  return [{ path: WORKERS, because: [["tfvars"]], message: `${withoutCapacity(workers)}${fargate}` }];
};

/** Returns true if nothing but the groups can run the pods. A definition has no details of hybrid nodes. */
export function needsGroups(definition: Definition): boolean {
  if (runsOnFargate(definition.tfvars.fargate_profiles, COREDNS_PODS)) return false;
  return !autoModeRunsAnything(definition) && !hasHybridNodes(definition);
}

/** Returns the groups that CoreDNS and the controllers can run on. */
export function placesOf({ tfvars: { addons, node_pools, workers } }: Definition): readonly Worker[] {
  // Karpenter creates nodes for the pods that do not tolerate the taint of the platform's nodes.
  const elsewhere = addons.karpenter.enabled && node_pools.some(({ taints }) => taints.every(isSoft));
  return workers.filter(
    (worker) =>
      operatingSystemOf(worker) !== "WINDOWS" &&
      worker.taints.every((taint) => isSoft(taint) || (elsewhere && taint.key === PLATFORM_TAINT)),
  );
}

function isSoft({ effect }: Pick<Taint, "effect">): boolean {
  return effect === "PreferNoSchedule";
}

function withoutCapacity(workers: readonly Worker[]): string {
  if (workers.length === 0) return "has no group, so no pods can run. Add a group, such as `- name: general`";
  if (workers.every((worker) => operatingSystemOf(worker) === "WINDOWS"))
    return "has no group of Linux nodes, which CoreDNS and the controllers require. Add one, such as `- name: general`";
  if (workers.some(({ taints }) => taints.every((taint) => isSoft(taint) || taint.key === PLATFORM_TAINT)))
    return `has no group without a NoSchedule or NoExecute taint. CoreDNS tolerates ${PLATFORM_TAINT}, but pods of teams and of some addons do not. Remove the taint from one group, or add a node pool of Karpenter without taints`;
  return "has no group without a NoSchedule or NoExecute taint, so CoreDNS and the controllers cannot run. Remove these taints from one group";
}

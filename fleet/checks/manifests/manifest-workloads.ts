import { z } from "zod";
import { isMap, valueAt } from "../../../language/plain-map";
import { bytesOf, millicpusOf } from "../../../language/words/quantity";
import { neverRuns, timeZone } from "../../../language/words/schedules";
import type { Path } from "../../../language/yaml/tree";
import { groupAndKind, type WrittenObject } from "../../addons/manifests";
import type { Finding } from "../../rules/finding";

/** Where each kind has its template of pods, and the restart policies that the API accepts there (pod lifecycle, Kubernetes documentation). */
const TEMPLATES: Readonly<Record<string, { readonly path: readonly string[]; readonly restarts: readonly string[] }>> =
  {
    "apps/DaemonSet": { path: ["spec", "template"], restarts: ["Always"] },
    "apps/Deployment": { path: ["spec", "template"], restarts: ["Always"] },
    "apps/ReplicaSet": { path: ["spec", "template"], restarts: ["Always"] },
    "apps/StatefulSet": { path: ["spec", "template"], restarts: ["Always"] },
    "batch/CronJob": { path: ["spec", "jobTemplate", "spec", "template"], restarts: ["OnFailure", "Never"] },
    "batch/Job": { path: ["spec", "template"], restarts: ["OnFailure", "Never"] },
  };

/** The API refuses a Job whose pods restart always, which is the default, and other workloads whose pods do not. */
export function restartPolicy(object: WrittenObject): Finding[] {
  const template = TEMPLATES[groupAndKind(object)];
  if (template === undefined) return [];
  const { path, restarts } = template;
  const policy = valueAt(object, ...path, "spec", "restartPolicy") ?? "Always";
  if (restarts.includes(String(policy))) return [];
  const message = `requires restartPolicy: ${restarts.join(" or ")}, but it is ${String(policy)}. Kubernetes refuses the object otherwise`;
  return [{ path: [...path, "spec"], message }];
}

/** Returns where an object has its pod or the template of its pods; undefined for other objects. */
export function podTemplate(object: WrittenObject): readonly string[] | undefined {
  return groupAndKind(object) === "/Pod" ? [] : TEMPLATES[groupAndKind(object)]?.path;
}

const amountOf = (value: unknown): number | undefined =>
  typeof value === "string" || typeof value === "number"
    ? (millicpusOf(String(value)) ?? bytesOf(String(value)))
    : undefined;

/** The API refuses a container that requests more than its limit, and a quantity that it cannot read. */
export function containerResources(object: WrittenObject): Finding[] {
  const place = podTemplate(object);
  if (place === undefined) return [];
  return ["initContainers", "containers"].flatMap((list) => {
    const path: Path = [...place, "spec", list];
    const containers = valueAt(object, ...place, "spec", list);
    if (!Array.isArray(containers)) return [];
    return containers.flatMap((container: unknown, index): Finding[] => {
      const [requests, limits] = [
        valueAt(container, "resources", "requests"),
        valueAt(container, "resources", "limits"),
      ];
      if (!isMap(requests) || !isMap(limits)) return [];
      return Object.entries(requests).flatMap(([resource, request]) => {
        const [least, most] = [amountOf(request), amountOf(limits[resource])];
        if (least === undefined || most === undefined || least <= most) return [];
        const message = `must be at most the limit (${String(limits[resource])}), but is ${String(request)}. Kubernetes refuses the object otherwise`;
        return [{ path: [...path, index, "resources", "requests", resource], message }];
      });
    });
  });
}

/** The API refuses a CronJob whose schedule or time zone it cannot read. */
export function cronJobs(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "batch/CronJob") return [];
  const [schedule, zone] = [valueAt(object, "spec", "schedule"), valueAt(object, "spec", "timeZone")];
  const findings: Finding[] = [];
  if (typeof schedule === "string" && neverRuns(schedule)) {
    const message = `must be five fields of cron, each in its range, or a word such as @daily, but is ${JSON.stringify(schedule)}`;
    findings.push({ path: ["spec", "schedule"], message });
  }
  if (typeof zone === "string" && !timeZone.safeParse(zone).success)
    findings.push({
      path: ["spec", "timeZone"],
      message: `must be an IANA time zone, such as Europe/Berlin, but is ${zone}`,
    });
  return findings;
}

/** The API refuses an autoscaler whose least is above its most. */
export function autoscalerBounds(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "autoscaling/HorizontalPodAutoscaler") return [];
  const [least = 1, most] = [valueAt(object, "spec", "minReplicas"), valueAt(object, "spec", "maxReplicas")];
  if (typeof least !== "number" || typeof most !== "number" || least <= most) return [];
  return [{ path: ["spec", "maxReplicas"], message: `must be at least minReplicas (${least}), but is ${most}` }];
}

/** Warns of a budget that lets no pod go: no node with such a pod can be drained, so upgrades of nodes wait or fail. */
export function disruptionBudgets(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "policy/PodDisruptionBudget") return [];
  const [least, most] = [valueAt(object, "spec", "minAvailable"), valueAt(object, "spec", "maxUnavailable")];
  if (least !== undefined && most !== undefined)
    return [{ path: ["spec"], message: "must not have both minAvailable and maxUnavailable. Remove one of them" }];
  const key = most === 0 || most === "0" || most === "0%" ? "maxUnavailable" : "minAvailable";
  if (key === "minAvailable" && least !== "100%") return [];
  const message =
    "lets no pod be evicted, so no node that runs one can be drained, and updates of nodes fail. Let at least one pod go";
  return [{ path: ["spec", key], message, severity: "warning" }];
}

/** Ports at which Services are reached on nodes (Kubernetes documentation, type NodePort). */
const NODE_PORTS = { least: 30_000, most: 32_767 };

/** The API refuses a port of nodes outside of its range. */
export function nodePorts(object: WrittenObject): Finding[] {
  const ports = groupAndKind(object) === "/Service" ? valueAt(object, "spec", "ports") : undefined;
  if (!Array.isArray(ports)) return [];
  return ports.flatMap((each: unknown, index): Finding[] => {
    const port = valueAt(each, "nodePort");
    if (typeof port !== "number" || (port >= NODE_PORTS.least && port <= NODE_PORTS.most)) return [];
    const message = `must be between ${NODE_PORTS.least} and ${NODE_PORTS.most}, but is ${port}`;
    return [{ path: ["spec", "ports", index, "nodePort"], message }];
  });
}

/** The API refuses a range of limits whose least is above its most. */
export function limitRanges(object: WrittenObject): Finding[] {
  const limits = groupAndKind(object) === "/LimitRange" ? valueAt(object, "spec", "limits") : undefined;
  if (!Array.isArray(limits)) return [];
  return limits.flatMap((each: unknown, index) => {
    const [min, max] = [valueAt(each, "min"), valueAt(each, "max")];
    if (!isMap(min) || !isMap(max)) return [];
    return Object.entries(min).flatMap(([resource, value]): Finding[] => {
      const [least, most] = [amountOf(value), amountOf(max[resource])];
      if (least === undefined || most === undefined || least <= most) return [];
      const message = `must be at most max (${String(max[resource])}), but is ${String(value)}`;
      return [{ path: ["spec", "limits", index, "min", resource], message }];
    });
  });
}

/** A quota in the namespace of the cluster's own pods that allows none: those that are replaced do not come back. */
export function closedQuotas(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "/ResourceQuota" || valueAt(object, "metadata", "namespace") !== "kube-system")
    return [];
  const hard = valueAt(object, "spec", "hard");
  if (!isMap(hard)) return [];
  return ["pods", "count/pods"].flatMap((key): Finding[] => {
    if (amountOf(hard[key]) !== 0) return [];
    const message = "allows no pod in kube-system, so DNS and the network of new nodes do not start. Remove it";
    return [{ path: ["spec", "hard", key], message }];
  });
}

const RANGE = z.union([z.cidrv4(), z.cidrv6()]);

/** The API refuses a network policy whose block of addresses it cannot read. */
export function policyRanges(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "networking.k8s.io/NetworkPolicy") return [];
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const rules = valueAt(object, "spec", direction);
    const peers = direction === "ingress" ? "from" : "to";
    if (!Array.isArray(rules)) return [];
    return rules.flatMap((rule: unknown, index) => {
      const list = valueAt(rule, peers);
      if (!Array.isArray(list)) return [];
      return list.flatMap((peer: unknown, place): Finding[] => {
        const cidr = valueAt(peer, "ipBlock", "cidr");
        if (cidr === undefined || RANGE.safeParse(cidr).success) return [];
        const path = ["spec", direction, index, peers, place, "ipBlock", "cidr"];
        return [{ path, message: `must be a range, such as 10.0.0.0/16, but is ${String(cidr)}` }];
      });
    });
  });
}

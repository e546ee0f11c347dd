import { type Booted, operatingSystemOf } from "../../../aws/ami";
import { isMap, valueAt } from "../../../language/plain-map";
import { didYouMean } from "../../../language/suggest";
import type { Worker } from "../../model/cluster";
import { isSet, KUBELET, KUBELET_KEYS } from "../../nodes/kubelet";
import type { Finding } from "../../rules/finding";

/** What says things to nodeadm: a group of workers or a pool. */
interface NodeConfigured {
  readonly node_config: Worker["node_config"];
  readonly kubelet?: Partial<Worker["kubelet"]>;
}

const SPEC_KEYS = ["containerd", "featureGates", "instance", "kubelet"] as const;

/** What is said to nodeadm is something that it reads, and is said once. */
export function nodeConfig(worker: Booted & NodeConfigured): Finding[] {
  const { node_config } = worker;
  if (Object.keys(node_config).length === 0) return [];
  const system = operatingSystemOf(worker);
  if (system !== "AL2023") {
    const message = `has no effect here: nodeadm is part of AL2023, and not of ${system === "WINDOWS" ? "Windows" : "Bottlerocket, which has bottlerocket_settings"}`;
    return [{ path: ["node_config"], given: [["ami_type"], ["ami_family"]], message }];
  }
  const unknown = Object.keys(node_config).flatMap((key): Finding[] => {
    if (SPEC_KEYS.some((known) => known === key)) return [];
    const message =
      key === "cluster"
        ? "is what the node joins, which is said already: remove it"
        : notOneOf(key, "a NodeConfig's spec", SPEC_KEYS);
    return [{ path: ["node_config", key], message }];
  });
  for (const key of SPEC_KEYS) unknown.push(...nodeConfigField([key], node_config[key]));
  unknown.push(...saidTwice(worker));
  const renames = valueAt(node_config, "featureGates", "InstanceIdNodeName") !== undefined;
  return renames
    ? [
        ...unknown,
        {
          path: ["node_config", "featureGates", "InstanceIdNodeName"],
          message: "names nodes in a way that the access entry of their role does not let in: remove it",
        },
      ]
    : unknown;
}

function notOneOf(key: string, of: string, known: readonly string[]): string {
  const meant = didYouMean(key, known);
  return `is no part of ${of}${meant === "" ? `: ${known.join(", ")} are` : meant}`;
}

/** What a field of a NodeConfig has to be. */
interface Kind {
  readonly what: string;
  readonly is: (value: unknown) => boolean;
}

const TEXT: Kind = { what: "text", is: (value) => typeof value === "string" };
const MAP: Kind = { what: "a map", is: isMap };
const SWITCH: Kind = { what: "true or false", is: (value) => typeof value === "boolean" };
const TEXTS: Kind = { what: "a list of text", is: (value) => Array.isArray(value) && value.every(TEXT.is) };
const STRATEGY: Kind = {
  what: "RAID0, RAID10 or Mount",
  is: (value) => value === "RAID0" || value === "RAID10" || value === "Mount",
};

/** The fields of NodeConfigSpec, of amazon-eks-ami's nodeadm/api/v1alpha1, that can be given. */
const NODE_CONFIG: Readonly<Record<string, Kind>> = {
  containerd: MAP,
  "containerd.baseRuntimeSpec": MAP,
  "containerd.config": TEXT,
  featureGates: MAP,
  instance: MAP,
  "instance.environment": MAP,
  "instance.localStorage": MAP,
  "instance.localStorage.disabledMounts": TEXTS,
  "instance.localStorage.mountPath": TEXT,
  "instance.localStorage.strategy": STRATEGY,
  "instance.network": MAP,
  "instance.network.domains": TEXTS,
  "instance.network.nameservers": TEXTS,
  kubelet: MAP,
  "kubelet.config": MAP,
  "kubelet.config.maxPods": { what: "a whole number", is: Number.isInteger },
  "kubelet.flags": TEXTS,
  "kubelet.maxPodsExpression": TEXT,
};

function nodeConfigField(path: readonly string[], value: unknown): Finding[] {
  if (value === undefined || value === null) return [];
  const [part = "", field] = path;
  const gate = part === "featureGates" && field !== undefined;
  const kind = gate ? SWITCH : NODE_CONFIG[path.join(".")];
  const at = ["node_config", ...path];
  if (kind === undefined) {
    if (path.length !== 2 || field === undefined) return []; // KubeletConfiguration and the like, which have more than this
    const known = Object.keys(NODE_CONFIG).flatMap((name) => {
      const [first, second, ...deeper] = name.split(".");
      return first === part && second !== undefined && deeper.length === 0 ? [second] : [];
    });
    return [{ path: at, message: notOneOf(field, `a NodeConfig's ${part}`, known) }];
  }
  if (!kind.is(value)) return [{ path: at, message: `must be ${kind.what}, got ${shown(value)}` }];
  return isMap(value) ? Object.entries(value).flatMap(([key, item]) => nodeConfigField([...path, key], item)) : [];
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "a map" : JSON.stringify(value);
}

/** Where both say a setting of the kubelet, nodeadm takes what it is told last. */
function saidTwice({ kubelet = {}, node_config }: NodeConfigured): Finding[] {
  return KUBELET_KEYS.flatMap((key) => {
    const name = KUBELET[key].config;
    const typed: unknown = kubelet[key];
    if (typed === undefined || !isSet(typed) || valueAt(node_config, "kubelet", "config", name) === undefined)
      return [];
    const message = `has no effect beside node_config.kubelet.config.${name}, which is said last: keep one`;
    return [{ path: ["kubelet", key], given: [["node_config"]], message }];
  });
}

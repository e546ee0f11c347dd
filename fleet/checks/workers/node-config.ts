import { type Booted, operatingSystemOf } from "../../../aws/ami";
import { isMap, ownValue, valueAt } from "../../../language/plain-map";
import { didYouMean, listedInOrder } from "../../../language/suggest";
import type { Worker } from "../../model/cluster";
import { isSet, KUBELET, KUBELET_KEYS } from "../../nodes/kubelet";
import type { Finding } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

type NodeConfigured = Pick<Worker, "node_config">;

const SPEC_KEYS = ["containerd", "featureGates", "instance", "kubelet"] as const;

/** Returns what is wrong with a group's or a pool's NodeConfig. */
export function nodeConfig(worker: Booted & NodeConfigured): Finding[] {
  const { node_config } = worker;
  const path = ["node_config"];
  if (Object.keys(node_config).length === 0) return [];
  const system = operatingSystemOf(worker);
  if (system === "WINDOWS") return [noEffect(path, "Windows has no nodeadm")];
  if (system === "BOTTLEROCKET") return [noEffect(path, "Bottlerocket has no nodeadm", "or use bottlerocket_settings")];
  return [
    ...Object.keys(node_config).flatMap((key) => unknownPart(key)),
    ...SPEC_KEYS.flatMap((key) => nodeConfigField([key], node_config[key])),
    ...renamedNodes(node_config),
  ];
}

function unknownPart(key: string): Finding[] {
  if (SPEC_KEYS.some((known) => known === key)) return [];
  const message =
    key === "cluster"
      ? "is the cluster that nodes join, which is set already. Remove it"
      : notOneOf(key, "a NodeConfig's spec", SPEC_KEYS);
  return [{ path: ["node_config", key], message }];
}

function renamedNodes(node_config: Worker["node_config"]): Finding[] {
  if (valueAt(node_config, "featureGates", "InstanceIdNodeName") === undefined) return [];
  const message = "changes the names of nodes, and the access entry of their role then refuses them. Remove it";
  return [{ path: ["node_config", "featureGates", "InstanceIdNodeName"], message }];
}

function notOneOf(key: string, of: string, known: readonly string[]): string {
  return `is not a field of ${of}${didYouMean(key, known) || ` (known: ${listedInOrder(known, known.length)})`}`;
}

/** Type of a field of a NodeConfig. */
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

/** Fields of NodeConfigSpec that a definition can set, from amazon-eks-ami's nodeadm/api/v1alpha1. */
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
  const kind = gate ? SWITCH : ownValue(NODE_CONFIG, path.join("."));
  const at = ["node_config", ...path];
  if (kind === undefined) {
    if (path.length !== 2 || field === undefined) return []; // types with further fields, such as KubeletConfiguration
    const known = Object.keys(NODE_CONFIG).flatMap((name) => {
      const [first, second, ...deeper] = name.split(".");
      return first === part && second !== undefined && deeper.length === 0 ? [second] : [];
    });
    return [{ path: at, message: notOneOf(field, `a NodeConfig's ${part}`, known) }];
  }
  if (!kind.is(value)) return [{ path: at, message: `must be ${kind.what}, but is ${shown(value)}` }];
  return isMap(value) ? Object.entries(value).flatMap(([key, item]) => nodeConfigField([...path, key], item)) : [];
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "a map" : JSON.stringify(value);
}

/** Reports settings of the kubelet that a NodeConfig overrides. */
export function overriddenKubelet({
  kubelet,
  node_config,
}: NodeConfigured & { readonly kubelet: Partial<Worker["kubelet"]> }): Finding[] {
  return KUBELET_KEYS.flatMap((key) => {
    const name = KUBELET[key].config;
    if (valueAt(node_config, "kubelet", "config", name) === undefined || !isSet(kubelet[key] ?? null)) return [];
    return [noEffect(["kubelet", key], `node_config.kubelet.config.${name} overrides it`, "or remove the other")];
  });
}

import { type Booted, operatingSystemOf } from "../../../aws/ami";
import { isMap, valueAt } from "../../../language/plain-map";
import { didYouMean, listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import type { Worker } from "../../model/cluster";
import { KUBELET, KUBELET_KEYS } from "../../nodes/kubelet";
import type { Finding } from "../../rules/finding";

const GIVEN: readonly Path[] = [["ami_type"], ["ami_family"]];

/** Settings by which EKS, or another key of the definition, joins the node. */
const NOT_KUBERNETES: Readonly<Record<string, string>> = {
  "api-server": "joins the node, which is said already: remove it",
  "authentication-mode": "joins the node, which is said already: remove it",
  "bootstrap-token": "joins the node, which is said already: remove it",
  "cloud-provider": "joins the node, which is said already: remove it",
  "cluster-certificate": "joins the node, which is said already: remove it",
  "cluster-name": "joins the node, which is said already: remove it",
  "provider-id": "joins the node, which is said already: remove it",
  "standalone-mode": "keeps a node out of every cluster: remove it",
  "node-labels": "is what labels says: put them there",
  "node-taints": "is what taints says: put them there",
};

/**
 * What is said to Bottlerocket is something that its settings have, in a type that they read.
 *
 * @param merged whether EKS merges it into its own, which it does with a reader that knows less than TOML has
 */
export function bottlerocketSettings(
  worker: Booted & Pick<Worker, "bottlerocket_settings">,
  merged: boolean,
): Finding[] {
  const { bottlerocket_settings } = worker;
  const path = ["bottlerocket_settings"];
  if (Object.keys(bottlerocket_settings).length === 0) return [];
  if (operatingSystemOf(worker) !== "BOTTLEROCKET")
    return [{ path, given: GIVEN, message: "has no effect here: it is read by Bottlerocket only" }];
  if ("settings" in bottlerocket_settings)
    return [{ path: [...path, "settings"], message: "is said already: give what stands below it" }];
  const owned = entriesOf(bottlerocket_settings["kubernetes"]).flatMap(([name]) => {
    const typed = KUBELET_KEYS.find((key) => KUBELET[key].bottlerocket === name);
    const message = typed === undefined ? NOT_KUBERNETES[name] : `is kubelet.${typed}: say it there`;
    return message === undefined ? [] : [{ path: [...path, "kubernetes", name], message }];
  });
  return [
    ...unknownSettings(worker),
    ...owned,
    ...mistyped(bottlerocket_settings),
    ...nulls(bottlerocket_settings, path),
    ...(merged ? unmergeable(bottlerocket_settings, path) : []),
  ];
}

/** The settings of Bottlerocket's images for Kubernetes: bottlerocket's settings-plugins and bottlerocket-settings-sdk's models. */
const TOP_SETTINGS = [
  "autoscaling",
  "aws",
  "boot",
  "bootstrap-commands",
  "bootstrap-containers",
  "cloudformation",
  "container-registry",
  "container-runtime",
  "container-runtime-plugins",
  "dns",
  "host-containers",
  "image-verifier-plugins",
  "kernel",
  "kubelet-device-plugins",
  "kubelet-dra-drivers",
  "kubernetes",
  "measurement",
  "metrics",
  "motd",
  "network",
  "ntp",
  "nvidia-container-runtime",
  "oci-defaults",
  "oci-hooks",
  "pki",
  "updates",
];

/** An image of one's own may have settings of its own. */
function unknownSettings(worker: Booted & Pick<Worker, "bottlerocket_settings">): Finding[] {
  if (worker.ami_type === "CUSTOM") return [];
  return Object.keys(worker.bottlerocket_settings).flatMap((key) => {
    if (TOP_SETTINGS.includes(key)) return [];
    const meant = didYouMean(key, TOP_SETTINGS);
    const message = `is no setting of Bottlerocket${meant === "" ? `, which has ${listed(TOP_SETTINGS, TOP_SETTINGS.length)}` : meant}`;
    return [{ path: ["bottlerocket_settings", key], given: GIVEN, message }];
  });
}

/** Values of a type that the setting's model refuses, and with it the whole user data. */
function mistyped({ kernel, ntp }: Worker["bottlerocket_settings"]): Finding[] {
  const path = ["bottlerocket_settings"];
  const sysctls = entriesOf(valueAt(kernel, "sysctl")).flatMap(([name, value]): Finding[] => {
    if (typeof value === "string" || value === null) return [];
    const written = typeof value === "object" ? "its value" : JSON.stringify(String(value));
    return [{ path: [...path, "kernel", "sysctl", name], message: `must be text: write ${written} in quotes` }];
  });
  const servers = valueAt(ntp, "time-servers");
  if (servers === undefined || servers === null || typeof servers === "object") return sysctls;
  const message = `must be a list of servers: write [${JSON.stringify(String(servers))}]`;
  return [...sysctls, { path: [...path, "ntp", "time-servers"], message }];
}

function entriesOf(value: unknown): [string, unknown][] {
  return isMap(value) ? Object.entries(value) : [];
}

function nulls(value: unknown, path: Path): Finding[] {
  if (value === null) return [{ path, message: "is null, which TOML does not have: remove it" }];
  return typeof value === "object"
    ? Object.entries(value as object).flatMap(([key, item]) => nulls(item, [...path, key]))
    : [];
}

/** EKS merges its part into that of a managed group with a reader that knows less than TOML has. */
function unmergeable(value: unknown, path: Path): Finding[] {
  const escaped =
    "has a quote or a backslash, which EKS cannot merge into the user data of a managed group: take kind: self_managed, or another value";
  if (typeof value === "string") return /["\\\n]/.test(value) ? [{ path, given: [["kind"]], message: escaped }] : [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const table = typeof item === "object" && item !== null && !Array.isArray(item);
    const at = [...path, key];
    if (!table || /^[\w-]+$/.test(key)) return unmergeable(item, at);
    const message = `is a table whose name needs quotes, which EKS cannot merge into the user data of a managed group: take kind: self_managed`;
    return [{ path: at, given: [["kind"]], message }];
  });
}

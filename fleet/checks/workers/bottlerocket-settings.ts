import { type Booted, operatingSystemOf } from "../../../aws/ami";
import { isMap, ownValue, valueAt } from "../../../language/plain-map";
import { didYouMean, listedInOrder } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import type { Worker } from "../../model/cluster";
import { KUBELET, KUBELET_KEYS } from "../../nodes/kubelet";
import type { Finding } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const JOINS = "joins the node, which is set already. Remove it";

/** Settings that EKS or another key of the definition sets. */
const NOT_KUBERNETES: Readonly<Record<string, string>> = {
  "api-server": JOINS,
  "authentication-mode": JOINS,
  "bootstrap-token": JOINS,
  "cloud-provider": JOINS,
  "cluster-certificate": JOINS,
  "cluster-name": JOINS,
  "provider-id": JOINS,
  "standalone-mode": "prevents nodes from joining a cluster. Remove it",
  "node-labels": "belongs in labels. Move it there",
  "node-taints": "belongs in taints. Move it there",
};

/**
 * Returns what is wrong with a group's settings of Bottlerocket.
 *
 * @param merged true if EKS merges the settings into its own, with a reader that supports only a part of TOML
 */
export function bottlerocketSettings(
  worker: Booted & Pick<Worker, "bottlerocket_settings">,
  merged: boolean,
): Finding[] {
  const { bottlerocket_settings } = worker;
  const path = ["bottlerocket_settings"];
  if (Object.keys(bottlerocket_settings).length === 0) return [];
  if (operatingSystemOf(worker) !== "BOTTLEROCKET") return [noEffect(path, "only Bottlerocket reads it")];
  if ("settings" in bottlerocket_settings)
    return [{ path: [...path, "settings"], message: "is added already. Move its keys one level up" }];
  const owned = entriesOf(bottlerocket_settings["kubernetes"]).flatMap(([name]) => {
    const typed = KUBELET_KEYS.find((key) => KUBELET[key].bottlerocket === name);
    const message = typed === undefined ? ownValue(NOT_KUBERNETES, name) : `has its own key. Use kubelet.${typed}`;
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

/** Settings of Bottlerocket's images for Kubernetes, from bottlerocket's settings-plugins and bottlerocket-settings-sdk's models. */
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

/** A custom image can have further settings. */
function unknownSettings(worker: Booted & Pick<Worker, "bottlerocket_settings">): Finding[] {
  if (worker.ami_type === "CUSTOM") return [];
  return Object.keys(worker.bottlerocket_settings).flatMap((key) => {
    if (TOP_SETTINGS.includes(key)) return [];
    const meant = didYouMean(key, TOP_SETTINGS) || ` (known: ${listedInOrder(TOP_SETTINGS, TOP_SETTINGS.length)})`;
    return [{ path: ["bottlerocket_settings", key], message: `is not a setting of Bottlerocket${meant}` }];
  });
}

/** With a value of the wrong type, Bottlerocket refuses the whole user data. */
function mistyped({ kernel, ntp }: Worker["bottlerocket_settings"]): Finding[] {
  const path = ["bottlerocket_settings"];
  const sysctls = entriesOf(valueAt(kernel, "sysctl")).flatMap(([name, value]): Finding[] => {
    if (typeof value === "string" || value === null) return [];
    const written = typeof value === "object" ? "its value" : JSON.stringify(String(value));
    return [{ path: [...path, "kernel", "sysctl", name], message: `must be text. Write ${written} in quotes` }];
  });
  const servers = valueAt(ntp, "time-servers");
  if (servers === undefined || servers === null || typeof servers === "object") return sysctls;
  const message = `must be a list of servers. Write [${JSON.stringify(String(servers))}]`;
  return [...sysctls, { path: [...path, "ntp", "time-servers"], message }];
}

function entriesOf(value: unknown): [string, unknown][] {
  return isMap(value) ? Object.entries(value) : [];
}

function nulls(value: unknown, path: Path): Finding[] {
  if (value === null) return [{ path, message: "is null, which TOML does not support. Remove it" }];
  return typeof value === "object"
    ? Object.entries(value as object).flatMap(([key, item]) => nulls(item, [...path, key]))
    : [];
}

/** EKS merges its part into the user data of a managed group with a reader that supports only a part of TOML. */
function unmergeable(value: unknown, path: Path): Finding[] {
  const reports = (at: Path, what: string): Finding[] => [
    {
      path: at,
      message: `${what}, which EKS cannot merge into the user data of a managed group. Change it, or set kind: self_managed`,
    },
  ];
  if (typeof value === "string")
    return /["\\\n]/.test(value) ? reports(path, "has a quote, a backslash or a line break") : [];
  return entriesOf(value).flatMap(([key, item]) => {
    const at = [...path, key];
    return isMap(item) && !/^[\w-]+$/.test(key)
      ? reports(at, "is a table whose name requires quotes")
      : unmergeable(item, at);
  });
}

import { stringify, type TomlTable } from "smol-toml";
import { inKeyOrder, isMap } from "../../../language/plain-map";
import { isSet, KUBELET, KUBELET_KEYS, type Kubelet } from "../kubelet";
import type { Booting } from "./join";

type Settings = { readonly [key: string]: unknown };

/** Returns Bottlerocket's settings in its own spelling; empty if there are none. */
export function bottlerocketSettings(booting: Booting): Settings {
  const { worker } = booting;
  const kubernetes = { ...joinSettings(booting), ...kubeletSettings(worker.kubelet) };
  const ours = {
    ...(Object.keys(kubernetes).length > 0 && { kubernetes }),
    ...(worker.local_storage_strategy !== null && { "bootstrap-commands": { "instance-store": INSTANCE_STORE } }),
  };
  return merged(ours, inKeyOrder(worker.bottlerocket_settings));
}

export function bottlerocketText(booting: Booting): string | undefined {
  const settings = bottlerocketSettings(booting);
  return Object.keys(settings).length === 0 ? undefined : stringify({ settings: settings as TomlTable });
}

function joinSettings({ join, labels, worker }: Booting): Settings {
  if (join === undefined) return {};
  const taints = new Map<string, string[]>();
  for (const { key, value, effect } of worker.taints)
    taints.set(key, [...(taints.get(key) ?? []), `${value}:${effect}`]);
  return {
    "cluster-name": join.name,
    "api-server": join.endpoint,
    "cluster-certificate": join.certificate_authority_data,
    "cluster-dns-ip": join.dns_ip,
    ...(Object.keys(labels).length > 0 && { "node-labels": labels }),
    ...(taints.size > 0 && { "node-taints": Object.fromEntries(taints) }),
  };
}

/** Bottlerocket's way to make one file system of all disks of an instance, and have pods and images on it. */
const INSTANCE_STORE = {
  commands: [
    ["apiclient", "ephemeral-storage", "init"],
    ["apiclient", "ephemeral-storage", "bind", "--dirs", "/var/lib/containerd", "/var/lib/kubelet", "/var/log/pods"],
  ],
  essential: true,
  mode: "always",
} as const;

function kubeletSettings(kubelet: Kubelet): Settings {
  return Object.fromEntries(
    KUBELET_KEYS.flatMap((key) => {
      const name = KUBELET[key].bottlerocket;
      return typeof name !== "string" || !isSet(kubelet[key]) ? [] : [[name, settingOf(kubelet, key)]];
    }),
  );
}

function settingOf(kubelet: Kubelet, key: keyof Kubelet): unknown {
  switch (key) {
    case "reserved_memory":
      return Object.fromEntries(
        kubelet.reserved_memory.map(({ numa_node, limits }) => [
          String(numa_node),
          { enabled: true, ...inKeyOrder(limits) },
        ]),
      );
    case "cluster_dns":
      return kubelet.cluster_dns.length === 1 ? kubelet.cluster_dns[0] : kubelet.cluster_dns;
    default:
      return inKeyOrder(kubelet[key]);
  }
}

/** The user's over ours: maps merge, everything else is replaced. */
function merged(ours: Settings, theirs: Settings): Settings {
  const all = new Map(Object.entries(ours));
  for (const [key, value] of Object.entries(theirs)) {
    const own = all.get(key);
    all.set(key, isMap(own) && isMap(value) ? merged(own, value) : value);
  }
  return Object.fromEntries(all);
}

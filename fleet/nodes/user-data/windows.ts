import { inKeyOrder } from "../../../language/plain-map";
import { isSet, KUBELET, KUBELET_KEYS, type Kubelet } from "../kubelet";
import { type Booting, type Join, taintFlags } from "./join";

/** PowerShell that starts a Windows node; undefined where EKS starts it and the group adds nothing. */
export function windowsText(booting: Booting): string | undefined {
  const { join, worker } = booting;
  const lines = [
    ...(worker.pre_bootstrap_script === null ? [] : [worker.pre_bootstrap_script.trimEnd()]),
    ...(join === undefined ? [] : [bootstrap(booting, join)]),
    ...(worker.post_bootstrap_script === null ? [] : [worker.post_bootstrap_script.trimEnd()]),
  ];
  return lines.length === 0 ? undefined : ["<powershell>", ...lines, "</powershell>", ""].join("\n");
}

/** EKS's script also requires the service range: without it, a cluster with another range than the default has no DNS. */
function bootstrap(booting: Booting, join: Join): string {
  const { worker } = booting;
  const [dns = join.dns_ip] = worker.kubelet.cluster_dns;
  const flags = kubeletFlags(booting);
  const parameters = {
    EKSClusterName: join.name,
    APIServerEndpoint: join.endpoint,
    Base64ClusterCA: join.certificate_authority_data,
    DNSClusterIP: dns,
    ServiceCIDR: join.service_cidr,
    ...(flags.length > 0 && { KubeletExtraArgs: flags.join(" ") }),
  };
  const written = Object.entries(parameters).map(([name, value]) => `-${name} '${value}'`);
  return `& "$env:ProgramFiles\\Amazon\\EKS\\Start-EKSBootstrap.ps1" ${written.join(" ")} 3>&1 4>&1 5>&1 6>&1`;
}

function kubeletFlags(booting: Booting): string[] {
  const { kubelet } = booting.worker;
  const labels = Object.entries(booting.labels).map(([key, value]) => `${key}=${value}`);
  const taints = taintFlags(booting);
  return [
    ...(labels.length === 0 ? [] : [`--node-labels=${labels.join(",")}`]),
    ...(taints.length === 0 ? [] : [`--register-with-taints=${taints.join(",")}`]),
    ...KUBELET_KEYS.flatMap((key) => {
      const flag = KUBELET[key].windows;
      if (typeof flag !== "string" || key === "cluster_dns" || !isSet(kubelet[key])) return [];
      return [`--${flag}=${flagValue(kubelet, key)}`];
    }),
  ];
}

function flagValue(kubelet: Kubelet, key: keyof Kubelet): string {
  const value = kubelet[key];
  if (typeof value !== "object" || value === null) return String(value);
  const sign = key === "eviction_hard" || key === "eviction_soft" ? "<" : "=";
  return Object.entries(inKeyOrder(value))
    .map(([name, item]) => `${name}${sign}${String(item)}`)
    .join(",");
}

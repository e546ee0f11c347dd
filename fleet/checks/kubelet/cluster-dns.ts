import { isIPv4 } from "node:net";
import { contains } from "../../../language/words/cidr";
import type { Definition } from "../../model/cluster";
import { eachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";
import { eachPool } from "../node-pools/each-pool";

/** Address of the DNS cache on each node (Kubernetes documentation, NodeLocal DNSCache). */
const NODE_LOCAL = "169.254.20.10";

/** Warns of pods that ask none of the cluster's DNS servers: they find no Service. */
function outsideOfCluster(servers: readonly string[], { tfvars }: Definition): Finding[] {
  const range = tfvars.cluster.service_ipv4_cidr;
  if (servers.length === 0 || tfvars.networking.ip_family === "ipv6") return [];
  if (servers.some((ip) => ip === NODE_LOCAL || (isIPv4(ip) && contains(range, `${ip}/32`)))) return [];
  const message = `has no address in service_ipv4_cidr (${range}), so pods cannot resolve the names of Services. Remove it, or list the address of the cluster's DNS first`;
  return [{ path: ["kubelet", "cluster_dns"], message, severity: "warning" }];
}

export const clusterDnsRules: readonly Check[] = [
  eachWorker([({ kubelet }, { definition }) => outsideOfCluster(kubelet.cluster_dns, definition)]),
  eachPool([({ kubelet }, { definition }) => outsideOfCluster(kubelet.cluster_dns, definition)]),
];

import { clusterName } from "../../../language/words/names";
import type { Inventory } from "./inventory";

/** Returns why a cluster cannot be adopted, each with what to do first. */
export function refusals(
  inventory: Inventory,
  { accountId, name }: { readonly accountId: string; readonly name: string },
): string[] {
  const { account, cluster } = inventory;
  const { accessConfig, computeConfig, kubernetesNetworkConfig, outpostConfig, remoteNetworkConfig, status } = cluster;
  const conditions: readonly (readonly [boolean, string])[] = [
    [
      name !== cluster.name,
      `the inventory is of the cluster ${cluster.name}, not of ${name}. A cluster keeps its name, because another name would replace it`,
    ],
    [
      !clusterName.safeParse(cluster.name).success || cluster.name.includes("."),
      `the name ${cluster.name} cannot be a CLUSTER_NAME, which has lower-case letters, digits and dashes. EKS cannot rename a cluster: move its workloads to a new one`,
    ],
    [
      account !== accountId,
      `the inventory is of the account ${account}, but the account's file says ${accountId}. Choose another --account`,
    ],
    [status !== "ACTIVE", `the cluster is ${status}. Wait until it is ACTIVE, and collect the inventory again`],
    [
      accessConfig?.authenticationMode === "CONFIG_MAP",
      "the authentication mode is CONFIG_MAP. Set API_AND_CONFIG_MAP, which cannot be undone, and add an access entry for each line of aws-auth first",
    ],
    [
      kubernetesNetworkConfig.ipFamily === "ipv6",
      "the cluster's Services use IPv6. The ranges of existing IPv6 subnets cannot be described, and EKS cannot change the family of a cluster. Keep the present tool, or create a cluster with fleet new and ip_family: ipv6, and move the workloads",
    ],
    [
      outpostConfig !== undefined && outpostConfig !== null,
      "the control plane is on an Outpost, which has no add-ons, access entries or Pod Identity, and every definition requires them. Keep the present tool",
    ],
    [
      remoteNetworkConfig !== undefined && remoteNetworkConfig !== null,
      "the cluster has remote networks. Add remote_networks to the definition by hand after the adoption, or remove them first",
    ],
    [
      computeConfig?.enabled === true && (computeConfig.nodePools ?? []).length === 0,
      "EKS Auto Mode is enabled without a node pool of its own, so that its nodes have a role that only Kubernetes objects name. Add the pool system first: aws eks update-cluster-config with computeConfig, or keep the present tool",
    ],
  ];
  return conditions.flatMap(([isTrue, reason]) => (isTrue ? [reason] : []));
}

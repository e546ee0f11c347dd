import { CURRENCY, instancePrice, PRICES_REGION, type Price, type PricedItem, priceOf } from "../../aws/prices";
import type { Cluster, KubernetesSupport, Worker } from "../../fleet/model/cluster";
import { nodeGroups } from "../../fleet/nodes/node-groups";
import { startSize } from "../../fleet/nodes/start-size";
import { renderCluster } from "../../synth/render-cluster";
import { platformSizes } from "../capacity/platform-size";
import { stackContent } from "../resources/read-stack";
import type { Resource } from "../resources/resource";
import type { ClusterCost, CostItem, CostReport } from "./report";

/** Resources that cost money by their number, and for which there is no price here. */
const WITHOUT_PRICE: Readonly<Record<string, string>> = {
  aws_ec2_client_vpn_endpoint: "client VPN endpoints",
  aws_ec2_transit_gateway_vpc_attachment: "transit gateway attachments",
  aws_eks_capability: "EKS capabilities",
  aws_eks_fargate_profile: "pods on Fargate",
  aws_route53_resolver_endpoint: "resolver endpoints",
  aws_route53_zone: "hosted zones",
  aws_sqs_queue: "queues",
  aws_vpn_connection: "VPN connections",
};

/** Returns the monthly costs of new clusters: groups have their first size, and there is no traffic. */
export function costsOf(
  clusters: readonly Cluster[],
  {
    scratch,
    support,
    today,
  }: { readonly scratch: string; readonly support: KubernetesSupport; readonly today: string },
): CostReport {
  return {
    version: 1,
    currency: CURRENCY,
    prices_region: PRICES_REGION,
    clusters: clusters.map((cluster) => costOf(cluster, scratch, isExtended(cluster, support, today))),
  };
}

function isExtended({ tfvars }: Cluster, support: KubernetesSupport, today: string): boolean {
  const dates = support[tfvars.cluster.kubernetes_version];
  return dates !== undefined && today > dates.standard_until;
}

function costOf(cluster: Cluster, scratch: string, extended: boolean): ClusterCost {
  const resources = [...renderCluster(cluster, scratch)]
    .flatMap(([stack, json]) => stackContent(stack, json).resources)
    .filter(({ mode }) => mode === "managed");
  const of = (type: string): readonly Resource[] => resources.filter((each) => each.type === type);
  const nodes = nodesOf(cluster);
  const [size] = platformSizes([cluster]).clusters;
  const endpoints = of("aws_vpc_endpoint").filter(({ body }) => body["vpc_endpoint_type"] === "Interface");
  const addresses = of("aws_eip").length;
  const items = [
    counted(extended ? "control-plane-extended" : "control-plane", of("aws_eks_cluster").length),
    ...nodes.items,
    counted("volume-gib", nodes.gib, "GiB of the nodes' volumes, gp3"),
    counted("volume-gib", size?.all.volumes_gib ?? 0, "GiB of the addons' volumes, gp3"),
    counted("nat-gateway", of("aws_nat_gateway").length),
    counted("public-address", addresses),
    counted(
      "interface-endpoint",
      endpoints.reduce((sum, { body }) => sum + lengthOf(body["subnet_ids"]), 0),
    ),
    counted("key", of("aws_kms_key").length),
  ].filter(({ quantity }) => quantity > 0);
  return {
    name: cluster.name,
    region: cluster.tfvars.common.aws_region,
    items,
    total: rounded(items.reduce((sum, { price }) => sum + price, 0)),
    not_counted: [
      ...new Set(nodes.unknown),
      ...Object.entries(WITHOUT_PRICE).flatMap(([type, what]) => (of(type).length > 0 ? [what] : [])),
      ...(cluster.tfvars.node_pools.length > 0 ? ["nodes of Karpenter or Auto Mode"] : []),
      "load balancers and volumes that Kubernetes creates for workloads",
      "logs, metrics, objects in S3, requests, traffic between zones and to the internet",
    ],
  };
}

function counted(item: PricedItem, quantity: number, what?: string): CostItem {
  const price = priceOf(item);
  return itemOf(what === undefined ? price : { ...price, what }, quantity);
}

function itemOf({ date, monthly, source, what }: Price, quantity: number): CostItem {
  return { what, quantity, unit_price: rounded(monthly), price: rounded(monthly * quantity), source, date };
}

/** Performance that the price of a gp3 volume includes. */
const INCLUDED = { iops: 3000, throughput_mib: 125 };

interface Nodes {
  readonly items: readonly CostItem[];
  /** GiB of all root volumes. */
  readonly gib: number;
  readonly unknown: readonly string[];
}

/** Returns the nodes of new groups, by the first instance type of each, on demand: spot prices change all the time. */
function nodesOf({ tfvars, zones }: Cluster): Nodes {
  const groups = tfvars.workers.flatMap((worker) => nodeGroups(worker, zones)).filter((group) => startSize(group) > 0);
  const counts = new Map<string, number>();
  const unknown: string[] = [];
  let gib = 0;
  for (const group of groups) {
    const { data_volumes, instance_requirements, instance_types, name, root_volume } = group;
    const size = startSize(group);
    const type = instance_requirements === null ? (instance_types[0] ?? "") : "";
    if (instancePrice(type) === undefined)
      unknown.push(`${size === 1 ? "1 node" : `${size} nodes`} of the group ${name}`);
    else counts.set(type, (counts.get(type) ?? 0) + size);
    for (const { iops, size_gib, throughput_mib, volume_type } of [root_volume, ...data_volumes]) {
      if ((iops ?? 0) > INCLUDED.iops || (throughput_mib ?? 0) > INCLUDED.throughput_mib)
        unknown.push(`operations and throughput of the volumes of the group ${name}`);
      if (volume_type === "gp3") gib += size * (size_gib ?? 0);
      else unknown.push(`volumes of the type ${volume_type} of the group ${name}`);
    }
  }
  const items = [...counts].flatMap(([type, size]) => {
    const price = instancePrice(type);
    return price === undefined ? [] : [itemOf(price, size)];
  });
  if (groups.some(isSpot)) unknown.push("the discount of spot instances, which are counted at the price on demand");
  if (groups.some(({ ami_type }) => ami_type.startsWith("WINDOWS"))) unknown.push("licences of Windows");
  return { items, gib, unknown };
}

const isSpot = ({ capacity_type, on_demand_percentage_above_base_capacity: onDemand, spot_price }: Worker): boolean =>
  capacity_type === "SPOT" || spot_price !== null || (onDemand !== null && onDemand < 100);

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
const rounded = (price: number): number => Math.round(price * 100) / 100;

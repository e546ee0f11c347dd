import { mostVcpus } from "../../aws/instance-types";
import type { Cluster, Worker } from "../../fleet/model/cluster";
import { asksForSpot, namedTypes, workerKind } from "../../fleet/nodes/worker-kind";

/** A quota of an account in one region, and how much of it the definitions need. */
export interface Quota {
  /** Code of the service in Service Quotas. */
  readonly service: "ec2" | "eks" | "vpc";
  readonly code: string;
  readonly name: string;
  readonly needed: (clusters: readonly Cluster[]) => number;
}

/** Families that share a quota of vCPUs: the letters at the beginning of their names, and the quotas of both markets. */
interface Families {
  readonly name: string;
  readonly letters: readonly string[];
  readonly onDemand: string;
  readonly spot: string;
}

/** "Amazon EC2 endpoints and quotas" of the AWS General Reference; the quotas count vCPUs of running instances, or of requests for spot. */
const FAMILIES: readonly Families[] = [
  {
    name: "standard",
    letters: ["a", "c", "d", "h", "i", "im", "is", "m", "r", "t", "z"],
    onDemand: "L-1216C47A",
    spot: "L-34B43A08",
  },
  { name: "G and VT", letters: ["g", "gr", "vt"], onDemand: "L-DB2E81BA", spot: "L-3819A6DF" },
  { name: "P", letters: ["p"], onDemand: "L-417A185B", spot: "L-7212CCBC" },
  { name: "Inf", letters: ["inf"], onDemand: "L-1945791B", spot: "L-B5D1601B" },
  { name: "Trn", letters: ["trn"], onDemand: "L-2C3B7624", spot: "L-6B0D517C" },
  { name: "X", letters: ["x"], onDemand: "L-7295265B", spot: "L-E3A00192" },
];

/** Quotas that nodes reach: vCPUs of all groups at their max_size, and what EKS limits in one cluster. */
export const NODE_QUOTAS: readonly Quota[] = [
  ...FAMILIES.flatMap(({ letters, name, onDemand, spot }): Quota[] => [
    { service: "ec2", code: onDemand, name: `on-demand vCPUs, ${name}`, needed: vcpusOf(letters, "on_demand") },
    { service: "ec2", code: spot, name: `spot vCPUs, ${name}`, needed: vcpusOf(letters, "spot") },
  ]),
  {
    service: "eks",
    code: "L-6D54EA21",
    name: "managed node groups in one cluster",
    needed: (clusters) => most(clusters.map((cluster) => managedGroups(cluster).length)),
  },
  {
    service: "eks",
    code: "L-BD136A63",
    name: "nodes in one managed node group",
    needed: (clusters) => most(clusters.flatMap(managedGroups).map(({ max_size }) => max_size)),
  },
  {
    service: "eks",
    code: "L-33415657",
    name: "Fargate profiles in one cluster",
    needed: (clusters) => most(clusters.map(({ tfvars }) => tfvars.fargate_profiles.length)),
  },
];

const most = (values: readonly number[]): number => Math.max(0, ...values);

function managedGroups({ tfvars }: Cluster): readonly Worker[] {
  return tfvars.workers.filter((worker) => workerKind(worker) === "managed");
}

/** Counts the largest type of each group. Types that the list does not have, and groups that describe their types, are not counted. */
function vcpusOf(letters: readonly string[], market: "on_demand" | "spot"): Quota["needed"] {
  const ofType = (type: string): number =>
    letters.includes(/^[a-z]+/.exec(type)?.[0] ?? "") ? (mostVcpus(type) ?? 0) : 0;
  return (clusters) =>
    clusters
      .flatMap(({ tfvars }) => tfvars.workers)
      .filter(({ capacity_type }) => capacity_type !== "CAPACITY_BLOCK") // what is reserved is not counted
      .reduce((sum, worker) => sum + nodesOf(worker)[market] * most(namedTypes(worker).map(ofType)), 0);
}

/** Returns the number of nodes of a group in each market at its max_size. */
function nodesOf(worker: Worker): { readonly on_demand: number; readonly spot: number } {
  const { max_size, on_demand_base_capacity: base, on_demand_percentage_above_base_capacity: share } = worker;
  const above = Math.max(0, max_size - base);
  const percent = share ?? (asksForSpot(worker) ? 0 : 100);
  const on_demand = Math.min(max_size, base) + Math.ceil((above * percent) / 100);
  return { on_demand, spot: max_size - on_demand };
}

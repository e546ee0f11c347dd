import { controlPlaneTier } from "../../fleet/control-plane/control-plane-tier";
import type { Cluster } from "../../fleet/model/cluster";
import { type SubnetLoad, subnetLoads } from "../../fleet/nodes/capacity";
import { compareText } from "../../language/problem";
import { daysUntilFull, type Growth, growthText } from "./growth";
import type { CapacityReport, ClusterCapacity, SubnetCapacity } from "./report";

/**
 * Returns the usage of clusters' subnets when all worker groups have their `max_size` and node pools their limits, and the day when each
 * subnet has no address left at a growth.
 *
 * @param today the day from which growth is counted, YYYY-MM-DD
 */
export function capacityOf(clusters: readonly Cluster[], today: string, growth?: Growth): CapacityReport {
  const all = clusters.map((cluster) => clusterCapacity(cluster, today, growth));
  const ends = all.flatMap(({ name, subnets }) =>
    subnets.flatMap(({ cidr, days, runs_out, tier, zone }) =>
      days === null || runs_out === null ? [] : [{ days, first: { cluster: name, tier, cidr, zone, runs_out } }],
    ),
  );
  const [end] = ends.sort((a, b) => a.days - b.days || compareText(a.first.cluster, b.first.cluster));
  return {
    version: 1,
    today,
    growth: growth === undefined ? null : growthText(growth),
    first: end?.first ?? null,
    clusters: all,
  };
}

function clusterCapacity(cluster: Cluster, today: string, growth: Growth | undefined): ClusterCapacity {
  const loads = subnetLoads(cluster, cluster.subnets, cluster.zones, controlPlaneTier(cluster));
  const weights = loads.reduce((sum, load) => sum + weightOf(load, loads), 0);
  const subnets = [...loads]
    .sort((a, b) => b.needed / b.usable - a.needed / a.usable)
    .map((load): SubnetCapacity => {
      const { cidr, fixed, needed, pods, podsThatFit, pools, tier, usable, zone } = load;
      const share = weights === 0 ? 0 : weightOf(load, loads) / weights;
      const growing = needed - fixed + pools;
      const demand = { usable, fixed, growing, per_pod: share * addressesOfPod(load) };
      const days = growth === undefined ? undefined : daysUntilFull(demand, growth);
      return {
        ...{ tier, cidr, zone, addresses: usable, needed, fixed, pools },
        full_percent: Math.round((100 * needed) / usable),
        pods,
        pods_that_fit: podsThatFit,
        days: days ?? null,
        runs_out: days === undefined ? null : dayAfter(today, days),
      };
    });
  return {
    name: cluster.name,
    pods: subnets.reduce((sum, { pods }) => sum + pods, 0),
    pods_that_fit: subnets.reduce((sum, { pods_that_fit }) => sum + pods_that_fit, 0),
    subnets,
  };
}

/** New pods are spread like those that the worker groups can run, or else like the addresses of node pools. */
function weightOf({ pods, pools }: SubnetLoad, loads: readonly SubnetLoad[]): number {
  return loads.some((load) => load.pods > 0) ? pods : pools;
}

/** A new pod needs its own address, and a part of those that nodes hold for themselves, as the pods before it. */
function addressesOfPod({ fixed, needed, pods }: SubnetLoad): number {
  return pods === 0 ? 1 : Math.max(1, (needed - fixed) / pods);
}

function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

import Table from "cli-table3";
import { controlPlaneTier } from "../fleet/control-plane/control-plane-tier";
import type { Fleet } from "../fleet/load";
import { subnetLoads } from "../fleet/nodes/capacity";

const number = (value: number): string => value.toLocaleString("en");

/** Returns the use of each cluster's subnets when all worker groups have their max_size and node pools their limits; the fullest first. */
export function capacityReport({ clusters }: Pick<Fleet, "clusters">): string {
  const head = [
    "subnet",
    "zone",
    "addresses",
    "needed at most",
    "full",
    "pods at most",
    "pods that fit",
    "pools at least",
  ];
  return clusters
    .map((cluster) => {
      const loads = [...subnetLoads(cluster, cluster.subnets, cluster.zones, controlPlaneTier(cluster))].sort(
        (a, b) => b.needed / b.usable - a.needed / a.usable,
      );
      if (loads.length === 0)
        return `${cluster.name}\nno subnets to count: the sizes of an existing VPC's subnets are not in the definition`;
      const table = new Table({ head, style: { head: [], border: [], compact: true } });
      for (const { zone, tier, cidr, usable, needed, pods, podsThatFit, pools } of loads) {
        const full = `${Math.round((100 * needed) / usable)} %`;
        table.push([
          `${tier} ${cidr}`,
          zone,
          number(usable),
          number(needed),
          full,
          number(pods),
          number(podsThatFit),
          number(pools),
        ]);
      }
      return `${cluster.name}\n${table.toString()}`;
    })
    .join("\n\n");
}

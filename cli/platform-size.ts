import Table from "cli-table3";
import { catalogue } from "../addons/catalogue";
import type { Addon } from "../addons/contract/addon";
import { type Requests, requestsOf } from "../addons/contract/workload";
import { mergeValues } from "../constructs/values/merge-values";
import type { Fleet } from "../fleet/load";
import type { Cluster } from "../fleet/model/cluster";
import { addonSettings } from "../fleet/model/enabled-addons";
import { nodeGroups } from "../fleet/nodes/node-groups";
import { startSize } from "../fleet/nodes/start-size";
import { planAddons } from "../fleet/plan/addons-plan";

const NOTHING: Requests = { pods: 0, cpu: 0, memory_mib: 0, volumes_gib: 0 };

/** Returns what the pods of each addon request that says where its values have the requests, on a number of nodes. */
export function requestsByAddon(cluster: Cluster, nodes: number): ReadonlyMap<string, Requests> {
  const { serviceLevel, subject } = planAddons(cluster);
  const context = { ...subject, cluster_dns_ip: "", vpc_id: "", service_level: serviceLevel };
  return new Map(
    addonSettings(cluster).flatMap(({ further_values = {}, name, options, values: own }) => {
      const addon: Addon = catalogue[name];
      const { workloads = [] } = addon;
      if (workloads.length === 0) return [];
      const charts = addon.kind === "helm" ? (addon.further_charts ?? []) : [];
      const parts = [
        requestsOf(
          workloads.filter(({ chart }) => chart === undefined),
          mergeValues(addon.values(context, options), own),
          nodes,
        ),
        ...charts
          .filter(({ included }) => included?.(context, options) ?? true)
          .map(({ chart, values }) =>
            requestsOf(
              workloads.filter((each) => each.chart === chart),
              mergeValues(values(context, options), further_values[chart] ?? {}),
              nodes,
            ),
          ),
      ];
      return [[name, parts.reduce(added, NOTHING)]];
    }),
  );
}

/** Returns the sum of two requests. */
export function added(one: Requests, other: Requests): Requests {
  return {
    pods: one.pods + other.pods,
    cpu: one.cpu + other.cpu,
    memory_mib: one.memory_mib + other.memory_mib,
    volumes_gib: one.volumes_gib + other.volumes_gib,
  };
}

/** Returns a table for each cluster, with as many nodes as its groups start with. */
export function sizeReport({ clusters }: Pick<Fleet, "clusters">): string {
  return clusters
    .map((cluster) => {
      const groups = cluster.tfvars.workers.flatMap((worker) => nodeGroups(worker, cluster.zones));
      const nodes = groups.reduce((sum, group) => sum + startSize(group), 0);
      const rows = requestsByAddon(cluster, nodes);
      const head = ["addon", "pods", "CPU", "memory", "volumes"];
      const table = new Table({ head, style: { head: [], border: [], compact: true } });
      for (const [name, requests] of [...rows, ["all", [...rows.values()].reduce(added, NOTHING)] as const])
        table.push([name, ...spelled(requests)]);
      return `${cluster.name}, ${nodes} nodes\n${table.toString()}`;
    })
    .join("\n\n");
}

/** Returns the columns of a row, in cores and GiB. */
export function spelled({ cpu, memory_mib, pods, volumes_gib }: Requests): readonly string[] {
  return [String(pods), (cpu / 1000).toFixed(2), `${(memory_mib / 1024).toFixed(1)} GiB`, `${volumes_gib} GiB`];
}

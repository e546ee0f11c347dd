import { type Requests, requestsOf } from "../../addons/contract/workload";
import { platformPods } from "../../fleet/addons/platform-pods";
import type { Cluster } from "../../fleet/model/cluster";
import { addonSettings } from "../../fleet/model/enabled-addons";
import { nodeGroups } from "../../fleet/nodes/node-groups";
import { startSize } from "../../fleet/nodes/start-size";
import { planAddons } from "../../fleet/plan/addons-plan";
import type { SizeReport } from "./report";

const NOTHING: Requests = { pods: 0, cpu: 0, memory_mib: 0, volumes_gib: 0 };

/** Returns the requests of each addon's pods on a number of nodes, for addons that list the paths of requests in their values. */
export function requestsByAddon(cluster: Cluster, nodes: number): ReadonlyMap<string, Requests> {
  const plan = planAddons(cluster);
  return new Map(
    addonSettings(cluster).flatMap((settings) => {
      const pods = platformPods(settings, plan);
      return pods === undefined ? [] : [[settings.name, requestsOf(pods, nodes)]];
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

/** Returns the requests of the platform's pods on each cluster, with as many nodes as its groups start with. */
export function platformSizes(clusters: readonly Cluster[]): SizeReport {
  return {
    version: 1,
    clusters: clusters.map((cluster) => {
      const groups = cluster.tfvars.workers.flatMap((worker) => nodeGroups(worker, cluster.zones));
      const nodes = groups.reduce((sum, group) => sum + startSize(group), 0);
      const requests = requestsByAddon(cluster, nodes);
      return {
        name: cluster.name,
        nodes,
        addons: [...requests].map(([name, each]) => ({ name, ...reported(each) })),
        all: reported([...requests.values()].reduce(added, NOTHING)),
        not_counted: addonSettings(cluster).flatMap(({ name }) => (requests.has(name) ? [] : [name])),
      };
    }),
  };
}

function reported({ cpu, memory_mib, pods, volumes_gib }: Requests): SizeReport["clusters"][number]["all"] {
  return { pods, cpu_millicores: cpu, memory_mib, volumes_gib };
}

import type { Cluster } from "../../fleet/model/cluster";
import type { ClusterDeploy } from "./report";

/**
 * Runs work for each cluster, at most `parallel` at a time, and for a cluster after those whose networks it reads, which come before it.
 * After one that did not end well, no further one starts.
 *
 * @throws what the work throws, once everything that has started has ended
 */
export async function inTurns<
  Each extends Pick<Cluster, "name"> & { readonly peers: readonly Pick<Cluster, "name">[] },
>(
  clusters: readonly Each[],
  parallel: number,
  work: (cluster: Each) => Promise<ClusterDeploy>,
): Promise<ClusterDeploy[]> {
  const reports: ClusterDeploy[] = [];
  const waiting = [...clusters];
  const runs = new Map<string, Promise<ClusterDeploy | undefined>>();
  let stopped = false;
  const runAfterPeers = async ({ peers }: Each, run: () => Promise<ClusterDeploy>) => {
    await Promise.allSettled(peers.map(({ name }) => runs.get(name)));
    return stopped ? undefined : await run();
  };
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !stopped; next = waiting.shift()) {
      const cluster = next;
      const run = runAfterPeers(cluster, () => work(cluster));
      runs.set(cluster.name, run); // at once, so that the lane of a cluster that reads this one's network finds it
      try {
        const report = await run;
        if (report !== undefined) reports.push(report);
        stopped ||= report?.next !== null;
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: parallel }, lane));
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
  return reports;
}

import type { Fleet } from "../../fleet/load";
import { pinOf } from "../../fleet/programs/program-pin";
import type { Layers } from "../../fleet/read/layers";
import { compareText } from "../../language/problem";
import { kubernetesMinor } from "../../language/words/kubernetes-minor";
import { holdOf } from "../rollout/held";
import type { ReleaseListReport } from "./report";

const DAY = 24 * 60 * 60 * 1000;

/** Returns every release with the channels and the clusters that have it, and the clusters that are held. */
export function releaseList(
  layers: Layers,
  { clusters, support }: Pick<Fleet, "clusters" | "support">,
  today: string,
): ReleaseListReport {
  const channels = layers.channelNames();
  return {
    version: 1,
    today,
    releases: layers.files.names("releases").map((name) => {
      const own = layers.release(name).own;
      const kubernetes = Object.keys(own?.kubernetes ?? {}).sort(compareText);
      const latest = kubernetes.at(-1);
      return {
        name,
        program: own?.program === undefined ? null : pinOf(own.program).version,
        channels: channels.filter((channel) => layers.releaseOf(channel) === name),
        clusters: clusters.flatMap((cluster) => (cluster.release.name === name ? [cluster.name] : [])),
        age_days: ageOf(name, today),
        kubernetes,
        supported_until: (latest !== undefined && kubernetesMinor(latest) && support[latest]?.standard_until) || null,
      };
    }),
    held: clusters
      .flatMap((cluster) => holdOf(cluster, cluster.release.name))
      .map((hold) => ({ ...hold, is_over: hold.until < today })),
  };
}

/** Returns the days since the month in a release's name; null if the name has none, or if the month is still to come. */
function ageOf(name: string, today: string): number | null {
  const [, year, month] = /^(\d{4})\.(0[1-9]|1[0-2])$/.exec(name) ?? [];
  if (year === undefined) return null;
  return Math.max(0, Math.floor((Date.parse(today) - Date.parse(`${year}-${month}-01`)) / DAY));
}

import type { Fleet } from "../../fleet/load";
import type { Cluster, KubernetesSupport } from "../../fleet/model/cluster";
import { STACKS, stackId } from "../../fleet/model/stacks";
import type { ListedCluster, ListReport } from "./report";

const DAY = 24 * 60 * 60 * 1000;

/** Returns the clusters of a fleet with what people look for first. */
export function listClusters({ clusters, support }: Pick<Fleet, "clusters" | "support">, today: string): ListReport {
  return { version: 1, today, clusters: clusters.map((cluster) => listed(cluster, support, today)) };
}

function listed(
  { meta, name, release, slug, tfvars }: Cluster,
  support: KubernetesSupport,
  today: string,
): ListedCluster {
  const version = tfvars.cluster.kubernetes_version;
  const days = (until: string | undefined): number | null =>
    until === undefined ? null : Math.round((Date.parse(until) - Date.parse(today)) / DAY);
  return {
    name,
    account: meta.ACCOUNT,
    region: tfvars.common.aws_region,
    tier: meta.TIER,
    channel: meta.RELEASE_MODEL === release.name ? null : meta.RELEASE_MODEL,
    release: release.name,
    kubernetes_version: version,
    standard_support_days: days(support[version]?.standard_until),
    extended_support_days: days(support[version]?.extended_until),
    stacks: STACKS.map((stack) => stackId(slug, stack)),
    owner: meta.OWNER,
  };
}

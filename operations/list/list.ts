import type { Fleet } from "../../fleet/load";
import type { Cluster, KubernetesSupport } from "../../fleet/model/cluster";
import { stackId } from "../../fleet/model/stacks";
import type { KnownNames } from "../../fleet/schema/names-schema";
import { stacksOf } from "../../fleet/stacks/own-stacks";
import { ExpectedError } from "../../language/expected-error";
import { meantOrKnown } from "../../language/suggest";
import { compareValues } from "./compare";
import { parseCondition } from "./condition";
import { type Candidate, leftSide } from "./left-side";
import { type ListedCluster, type ListReport, listedCluster } from "./report";

const DAY = 24 * 60 * 60 * 1000;

const COLUMNS = Object.keys(listedCluster.shape);

/** Columns whose value a filter names. */
export const FILTERS = ["tier", "account", "region", "channel", "release", "owner"] as const;
export type Filter = (typeof FILTERS)[number];

export interface ListOptions {
  readonly today: string;
  readonly filters?: Readonly<Partial<Record<Filter, string | undefined>>>;
  /** Conditions such as `kubernetes_version<1.34`, all of which must hold. */
  readonly where?: readonly string[];
  /** A column or a path; `-` before it sorts descending. Clusters without the value are last. */
  readonly sort?: string;
  /** The names that filters may have besides those in the list. Called if a filter matches no cluster. */
  readonly known?: () => KnownNames;
}

/**
 * Returns the clusters of a fleet with what people look for first.
 *
 * @throws ExpectedError for a filter, a condition or an order that names something unknown
 */
export function listClusters(
  { clusters, support }: Pick<Fleet, "clusters" | "support">,
  { filters = {}, known, sort = "name", today, where = [] }: ListOptions,
): ListReport {
  const candidates = clusters.map((cluster): Candidate => {
    const { meta, tfvars } = cluster;
    return { listed: rowOf(cluster, support, today), definition: { meta, tfvars } };
  });
  for (const filter of FILTERS) checkFilter(filter, filters[filter], candidates, known);
  const conditions = where.map((text) => parseCondition(text, COLUMNS, candidates));
  const found = candidates.filter(
    (each) =>
      FILTERS.every((filter) => filters[filter] === undefined || each.listed[filter] === filters[filter]) &&
      conditions.every((isMet) => isMet(each)),
  );
  return { version: 1, today, clusters: sorted(found, sort, candidates).map((each) => each.listed) };
}

function rowOf(cluster: Cluster, support: KubernetesSupport, today: string): ListedCluster {
  const { meta, name, release, slug, tfvars } = cluster;
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
    stacks: stacksOf(cluster).map((stack) => stackId(slug, stack)),
    owner: meta.OWNER,
    held_until: meta.HOLD?.until ?? null,
  };
}

/** A name that nothing has is a typo; a name that no listed cluster has returns an empty list. */
function checkFilter(
  filter: Filter,
  name: string | undefined,
  clusters: readonly Candidate[],
  known: ListOptions["known"],
): void {
  if (name === undefined || clusters.some((each) => each.listed[filter] === name)) return;
  const used = clusters.flatMap((each) => each.listed[filter] ?? []);
  const names = [...new Set([...used, ...(filter === "owner" ? [] : (known?.()[`${filter}s`] ?? []))])].sort();
  if (names.includes(name)) return;
  throw new ExpectedError(`unknown ${filter} ${JSON.stringify(name)}${meantOrKnown(name, names, 20)}`);
}

function sorted(found: readonly Candidate[], sort: string, all: readonly Candidate[]): readonly Candidate[] {
  const isDescending = sort.startsWith("-");
  const read = leftSide(isDescending ? sort.slice(1) : sort, COLUMNS, all);
  const keyed = found.map((cluster) => ({ cluster, key: read(cluster)[0] ?? null }));
  const order = (a: unknown, b: unknown): number => (isDescending ? compareValues(b, a) : compareValues(a, b));
  return keyed
    .sort((a, b) =>
      a.key === null || b.key === null ? Number(a.key === null) - Number(b.key === null) : order(a.key, b.key),
    )
    .map(({ cluster }) => cluster);
}

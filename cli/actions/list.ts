import { createColors } from "picocolors";
import { listClusters } from "../../operations/list/list";
import type { ListedCluster } from "../../operations/list/report";
import { action } from "../shared/action";
import type { Input } from "../shared/command";
import { dayOf, loadNamed } from "../shared/definitions";
import { printJson } from "../shared/print";
import { type Cell, table } from "../shared/table";
import { type Terminal, terminalOf } from "../shared/terminal";

type Flags = {
  readonly today: string | undefined;
};

export const run = action(({ flags, json, positionals }: Input<Flags>) => {
  const today = dayOf(flags.today);
  const report = listClusters(loadNamed(positionals, today), today);
  if (json) printJson(report);
  else console.log(listTable(report.clusters, terminalOf(process.stdout)));
  return 0;
});

/** Returns the list as people read it. */
export function listTable(clusters: readonly ListedCluster[], terminal: Terminal): string {
  const rows = clusters.map((each) => [
    each.name,
    `${each.account}/${each.region}`,
    each.tier,
    each.channel === null ? each.release : `${each.channel}: ${each.release}`,
    kubernetes(each, terminal),
    each.stacks.length,
    each.owner,
  ]);
  const head = ["name", "account/region", "tier", "release", "k8s", "stacks", "owner"];
  return table(head, rows, terminal);
}

/** A quarter: fleets upgrade quarterly. */
const SOON = 90;

/** The version, and how long it is supported. */
function kubernetes(cluster: ListedCluster, { colours }: Terminal): Cell {
  const { kubernetes_version: version, standard_support_days: standard, extended_support_days: extended } = cluster;
  const { red, yellow } = createColors(colours);
  if (standard === null || extended === null) return version;
  if (extended < 0) return { text: `${version}, unsupported`, paint: red };
  if (standard < 0) return { text: `${version}, extended ${extended}d`, paint: red };
  const text = `${version}, ${standard}d`;
  return standard <= SOON ? { text, paint: yellow } : text;
}

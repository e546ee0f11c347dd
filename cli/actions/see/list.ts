import { createColors } from "picocolors";
import { DefinitionFiles } from "../../../fleet/read/files";
import { knownNames } from "../../../fleet/read/known-names";
import { Layers } from "../../../fleet/read/layers";
import type { KnownNames } from "../../../fleet/schema/names-schema";
import { type Filter, listClusters } from "../../../operations/list/list";
import type { ListedCluster } from "../../../operations/list/report";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, loadAccepted, printRefused, shippedDirectory } from "../../shared/definitions";
import { printJson } from "../../shared/print";
import { type Cell, table } from "../../shared/table";
import { type Terminal, terminalOf } from "../../shared/terminal";

type Flags = Readonly<Record<Filter | "today", string | undefined>> & {
  readonly where: readonly string[];
  readonly sort: string;
};

export const run = action(({ flags, json, positionals }: Input<Flags>) => {
  const { sort, where, ...filters } = flags;
  const today = dayOf(flags.today);
  const fleet = loadAccepted(positionals, today);
  const report = listClusters(fleet, {
    today,
    filters,
    where,
    sort,
    known: namesInDefinitions,
  });
  if (json) printJson(report);
  else if (report.clusters.length === 0) console.error("no cluster matches");
  else console.log(listTable(report.clusters, terminalOf(process.stdout)));
  return printRefused(fleet);
});

function namesInDefinitions(): KnownNames {
  return knownNames(new Layers(new DefinitionFiles(definitionsDirectory(), shippedDirectory())));
}

/** Returns the table of `fleet list`. */
export function listTable(clusters: readonly ListedCluster[], terminal: Terminal): string {
  const rows = clusters.map((each) => [
    each.name,
    `${each.account}/${each.region}`,
    each.tier,
    `${each.channel === null ? "" : `${each.channel}: `}${each.release}${each.held_until === null ? "" : `, held until ${each.held_until}`}`,
    kubernetes(each, terminal),
    each.stacks.length,
    each.owner,
  ]);
  const head = ["name", "account/region", "tier", "release", "k8s", "stacks", "owner"];
  return table(head, rows, terminal);
}

/** A quarter: fleets upgrade quarterly. */
const SOON = 90;

/** Returns the version and its days of support. */
function kubernetes(cluster: ListedCluster, { colours }: Terminal): Cell {
  const { kubernetes_version: version, standard_support_days: standard, extended_support_days: extended } = cluster;
  const { red, yellow } = createColors(colours);
  if (standard === null || extended === null) return version;
  if (extended < 0) return { text: `${version}, unsupported`, paint: red };
  if (standard < 0) return { text: `${version}, extended ${extended}d`, paint: red };
  const text = `${version}, ${standard}d`;
  return standard <= SOON ? { text, paint: yellow } : text;
}

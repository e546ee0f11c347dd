import { createColors } from "picocolors";
import { ExpectedError } from "../../../language/expected-error";
import { capacityOf } from "../../../operations/capacity/capacity";
import { capacityBars } from "../../../operations/capacity/capacity-bars";
import { GROWTH_FORMS, type Growth, parseGrowth } from "../../../operations/capacity/growth";
import type { CapacityReport, ClusterCapacity } from "../../../operations/capacity/report";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, loadAccepted, printRefused } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { checkPictureFlags, printOrWrite } from "../../shared/output-file";
import { printJson, printText } from "../../shared/print";
import { type Cell, type Column, table } from "../../shared/table";
import { type Terminal, terminalOf } from "../../shared/terminal";

type Flags = {
  readonly growth: string | undefined;
  readonly today: string | undefined;
  readonly svg: boolean;
  readonly out: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const today = dayOf(flags.today);
  const growth = flags.growth === undefined ? undefined : growthOf(flags.growth);
  checkPictureFlags({ ...flags, json });
  const fleet = loadAccepted(positionals, today);
  const report = capacityOf(fleet.clusters, today, growth);
  if (flags.svg) await printOrWrite(capacityBars(report), flags.out);
  else if (json) printJson(report);
  else printText(capacityText(report, terminalOf(process.stdout)));
  return printRefused(fleet);
});

function growthOf(text: string): Growth {
  const growth = parseGrowth(text);
  if (growth === undefined) throw new ExpectedError(`--growth must be ${GROWTH_FORMS}, but is ${JSON.stringify(text)}`);
  return growth;
}

/** Returns a table for each cluster. With a growth, a sentence names the subnet that is full first. */
export function capacityText({ clusters, first, growth }: CapacityReport, terminal: Terminal): string {
  const tables = clusters.map((cluster) => clusterText(cluster, growth !== null, terminal));
  if (growth === null) return tables.join("\n\n");
  const end =
    first === null
      ? `With ${growth}, no subnet runs out of addresses within 100 years.`
      : `With ${growth}, ${first.tier} ${first.cidr} in ${first.zone} of ${first.cluster} runs out of addresses first, on ${first.runs_out}.`;
  return [...tables, end].join("\n\n");
}

const number = (value: number): string => value.toLocaleString("en");
const right = (title: string): Column => ({ title, align: "right" });

function clusterText({ name, subnets }: ClusterCapacity, grows: boolean, terminal: Terminal): string {
  if (subnets.length === 0)
    return `${name}\nno subnets to count: the sizes of an existing VPC's subnets are not in the definition`;
  const { red, yellow } = createColors(terminal.colours);
  const full = (percent: number): Cell => {
    const text = `${percent} %`;
    return percent > 100 ? { text, paint: red } : percent > 80 ? { text, paint: yellow } : text;
  };
  const pools = subnets.some((subnet) => subnet.pools > 0);
  const rows = subnets.map((subnet): Cell[] => [
    subnet.tier,
    subnet.cidr,
    subnet.zone,
    `${number(subnet.needed)} of ${number(subnet.addresses)}`,
    full(subnet.full_percent),
    `${number(subnet.pods_that_fit)} of ${number(subnet.pods)}`,
    ...(pools ? [number(subnet.pools)] : []),
    ...(grows ? [subnet.runs_out ?? "never"] : []),
  ]);
  const head = [
    ...["tier", "subnet", "zone", right("needs at most"), right("full"), right("pods that fit")],
    ...(pools ? [right("pools at least")] : []),
    ...(grows ? ["runs out"] : []),
  ];
  return `${name}\n${table(head, rows, terminal)}`;
}

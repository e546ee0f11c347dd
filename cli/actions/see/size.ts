import { platformSizes } from "../../../operations/capacity/platform-size";
import type { SizeReport } from "../../../operations/capacity/report";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { loadAccepted, printRefused } from "../../shared/definitions";
import { printJson, printText } from "../../shared/print";
import { type Column, table } from "../../shared/table";
import { type Terminal, terminalOf } from "../../shared/terminal";

export const run = action(({ json, positionals }: Input) => {
  const fleet = loadAccepted(positionals);
  const report = platformSizes(fleet.clusters);
  if (json) printJson(report);
  else printText(sizeText(report, terminalOf(process.stdout)));
  return printRefused(fleet);
});

const right = (title: string): Column => ({ title, align: "right" });

/** Returns a table for each cluster, in cores and GiB. */
export function sizeText({ clusters }: SizeReport, terminal: Terminal): string {
  return clusters
    .map(({ addons, all, name, nodes, not_counted }) => {
      const rows = [...addons, { name: "all", ...all }].map((each) => [
        each.name,
        each.pods,
        (each.cpu_millicores / 1000).toFixed(2),
        `${(each.memory_mib / 1024).toFixed(1)} GiB`,
        `${each.volumes_gib} GiB`,
      ]);
      const head = ["addon", ...["pods", "CPU", "memory", "volumes"].map(right)];
      const rest =
        not_counted.length === 0
          ? ""
          : `\nNot counted, because their charts set the requests:\n${not_counted.map((each) => `  ${each}`).join("\n")}`;
      return `${name}, ${nodes} nodes\n${table(head, rows, terminal)}${rest}`;
    })
    .join("\n\n");
}

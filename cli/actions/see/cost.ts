import { costsOf } from "../../../operations/cost/cost";
import type { CostReport } from "../../../operations/cost/report";
import { withScratch } from "../../../synth/render-cluster";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, loadAccepted, printRefused } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText, withProgress } from "../../shared/print";
import { type Column, table } from "../../shared/table";
import { type Terminal, terminalOf } from "../../shared/terminal";

type Flags = {
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const today = dayOf(flags.today);
  const fleet = loadAccepted(positionals, today);
  const { clusters, support } = fleet;
  const report = await withProgress("counting resources", () =>
    withScratch((scratch) => costsOf(clusters, { scratch, support, today })),
  );
  if (json) printJson(report);
  else printText(costText(report, terminalOf(process.stdout)));
  return printRefused(fleet);
});

const right = (title: string): Column => ({ title, align: "right" });
const money = (price: number): string => price.toFixed(2);

function costText({ clusters, currency, prices_region }: CostReport, terminal: Terminal): string {
  return clusters
    .map(({ items, name, not_counted, region, total }) => {
      const rows = [
        ...items.map(({ price, quantity, unit_price, what }) => [what, quantity, money(unit_price), money(price)]),
        ["all", "", "", money(total)],
      ];
      const dates = items.map(({ date }) => date).sort();
      const elsewhere = region === prices_region ? "" : `; the cluster is in ${region}`;
      return [
        `${name}, ${currency} for a month`,
        table(["item", ...["quantity", "each", "all"].map(right)], rows, terminal),
        `Prices of ${prices_region}${elsewhere}, seen from ${dates[0]} to ${dates.at(-1)}; --json has the source of each`,
        "Not counted:",
        ...not_counted.map((each) => `  ${each}`),
      ].join("\n");
    })
    .join("\n\n");
}

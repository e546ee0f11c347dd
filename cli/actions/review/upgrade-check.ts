import { thisProgram } from "../../../fleet/programs/host";
import { otherProgram } from "../../../operations/upgrade-check/other-program";
import { upgradeCheck } from "../../../operations/upgrade-check/upgrade-check";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { compared } from "../../shared/comparison";
import { dayOf, definitionsDirectory, selectionOf, shippedDirectory } from "../../shared/definitions";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { upgradeCheckText } from "../../texts/upgrade-check-text";

type Flags = { readonly to: string | undefined; readonly today: string | undefined };

export const run = action(async ({ flags: { to, today }, json, positionals }: Input<Flags>) => {
  const host = thisProgram();
  const other = otherProgram(to, host);
  const report = await compared(positionals, () =>
    upgradeCheck({
      directory: definitionsDirectory(),
      shipped: shippedDirectory(),
      select: selectionOf(positionals),
      today: dayOf(today),
      host,
      other,
    }),
  );
  if (json) printJson(report);
  else printText(upgradeCheckText(report, terminalOf(process.stdout)));
  return report.clusters.length + report.refused.length > 0 ? 2 : 0;
});

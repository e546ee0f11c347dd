import { ExpectedError } from "../../../language/expected-error";
import { explain } from "../../../operations/explain/explain";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { asNamed, dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText, withProgress } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { explainText } from "../../texts/explain-text";

type Flags = {
  readonly resource: string | undefined;
};

export const run = action(async ({ flags: { resource }, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const [select = "", path] = positionals;
  if (path !== undefined && resource !== undefined)
    throw new ExpectedError("a key and --resource are two questions. Ask one of them");
  const from = { directory: definitionsDirectory(), shipped: shippedDirectory(), today: dayOf(undefined) };
  const report = await withProgress("building the cluster with other values", () =>
    asNamed([select], () => explain({ ...from, select }, { path, resource })),
  );
  if (json) printJson(report);
  else printText(explainText(report, terminalOf(process.stdout)));
  return 0;
});

import { createColors } from "picocolors";
import type { BootstrapReport } from "../../operations/bootstrap/report";
import { changesText } from "../shared/changes-text";
import type { Terminal } from "../shared/terminal";

const STATES: Readonly<Record<NonNullable<BootstrapReport["state"]>, string>> = {
  nowhere: "There is no state yet: nothing was applied.",
  "this machine": "The state is on this machine, below .fleet/bootstrap/. Keep it until it is in the bucket.",
  bucket: "The state is in the account's bucket.",
};

/** Returns the changes of a bootstrap, done or planned. */
export function bootstrapText(report: BootstrapReport, terminal: Terminal): string {
  const { account, adopted, changes, errors, next, outcome, state } = report;
  const { bold, green, red } = createColors(terminal.colours);
  const good = outcome === "applied" || outcome === "unchanged" || outcome === "planned";
  return [
    `${bold(`account ${account}`)}: ${(good ? green : red)(outcome)}`,
    ...(changes === null || outcome !== "planned"
      ? []
      : changesText({ ...changes, stack: `account ${account}` }, false, terminal)),
    ...adopted.map((address) => `${green("=")} ${address} exists, and is adopted`),
    ...errors.flatMap(({ address, cure, detail, summary }) => [
      `${red("error:")} ${address === null ? "" : `${address}: `}${summary}`,
      ...(detail === "" ? [] : [detail.replace(/^(?=.)/gm, "  ")]),
      ...(cure === null ? [] : [`What to do: ${cure}.`]),
    ]),
    ...(state === null ? [] : [STATES[state]]),
    ...(next === null ? [] : [`Go on with: ${next}`]),
  ].join("\n");
}

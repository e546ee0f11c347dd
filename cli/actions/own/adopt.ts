import { readFileSync } from "node:fs";
import { ExpectedError } from "../../../language/expected-error";
import { systemErrorText } from "../../../language/system-error";
import { adopt, readInventory } from "../../../operations/import/adopt/adopt";
import { INVENTORY_SCRIPT } from "../../../operations/import/adopt/inventory-script";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { draftingContext, refusedRequest } from "../../shared/drafting";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText } from "../../shared/print";
import { printDraftProblems } from "../../shared/problem-report";
import { terminalOf } from "../../shared/terminal";
import { writeAll } from "../../shared/write-files";
import { adoptText } from "../../texts/adopt-text";

type Flags = {
  readonly inventory: string | undefined;
  readonly script: boolean;
  readonly owner: string | undefined;
  readonly account: string | undefined;
  readonly tier: string | undefined;
  readonly channel: string | undefined;
  readonly "dry-run": boolean;
  readonly today: string | undefined;
};

const SUBJECTS: Readonly<Record<string, string>> = { name: "<cluster>", releaseModel: "--channel", region: "region" };

export const run = action(({ flags, json, positionals }: Input<Flags>): ExitCode => {
  if (flags.script) {
    process.stdout.write(INVENTORY_SCRIPT);
    return 0;
  }
  const [name] = positionals;
  if (name === undefined) throw new ExpectedError("name the cluster to adopt, such as fleet adopt shop-dev");
  if (flags.inventory === undefined)
    throw new ExpectedError("--inventory is required. fleet adopt --script prints the script that collects it");
  const inventory = readInventory(flags.inventory, textOf(flags.inventory));
  const answer = adopt(
    { name, owner: flags.owner, account: flags.account, tier: flags.tier, releaseModel: flags.channel },
    inventory,
    draftingContext(flags.today),
  );
  if (answer.report === undefined) throw refusedRequest(answer.problems, SUBJECTS);
  const { files, problems, traps } = answer.report;
  const isPossible = problems.length === 0 && traps.length === 0;
  const written = isPossible && !flags["dry-run"];
  if (written) writeAll(new Map(Object.entries(files)), () => undefined);
  const report = { ...answer.report, written };
  if (json) printJson(report);
  else {
    const [[file, text] = ["", ""]] = Object.entries(files);
    printDraftProblems(answer.problems, { file, text });
    if (flags["dry-run"]) for (const [path, content] of Object.entries(files)) console.log(`# ${path}\n${content}`);
    printText(adoptText(report, terminalOf(process.stdout)));
  }
  return isPossible ? 0 : 2;
});

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ExpectedError(systemErrorText(error, file) ?? `${file} cannot be read: ${error}`);
  }
}

import { BaseError } from "../../../fleet/programs/git";
import { DefinitionFiles, nameOfFile } from "../../../fleet/read/files";
import { ExpectedError } from "../../../language/expected-error";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import {
  aboutNames,
  checkNames,
  dayOf,
  definitionsDirectory,
  selectionOf,
  shippedDirectory,
} from "../../shared/definitions";
import { printJson, printText } from "../../shared/print";
import { isClean, rehearseClusters } from "../../shared/rehearsal";
import { terminalOf } from "../../shared/terminal";
import { rehearsalText } from "../../texts/rehearsal-text";

type Flags = {
  readonly base: string | undefined;
  readonly limit: string;
  readonly today: string | undefined;
};

/** The default cluster, applied from nothing: the smallest sample that uses most features. */
const SAMPLE = "production.eks.example.com";

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const named = selectionOf(positionals);
  const fromNothing = flags.base === "none";
  const limit = limitOf(flags.limit);
  const report = await rehearseClusters({
    directory: definitionsDirectory(),
    ref: fromNothing ? null : flags.base,
    select: named ?? (fromNothing ? sample() : undefined),
    today: dayOf(flags.today),
    limit: named === undefined ? limit : undefined,
  }).catch((error: unknown) => {
    if (error instanceof BaseError) checkNames(positionals);
    if (error instanceof BaseError && flags.base === undefined)
      throw new ExpectedError(`${error.message}. To apply clusters from nothing, use --base none`);
    throw aboutNames(error, positionals);
  });
  if (json) printJson(report);
  else printText(rehearsalText(report, terminalOf(process.stdout)));
  return isClean(report) ? 0 : 2;
});

function limitOf(flag: string): number {
  if (!/^[1-9]\d*$/.test(flag))
    throw new ExpectedError(`--limit must be a whole number from 1 on, but is ${JSON.stringify(flag)}`);
  return Number(flag);
}

function sample(): string | undefined {
  const names = new DefinitionFiles(definitionsDirectory(), shippedDirectory()).clusterFiles().map(nameOfFile);
  return names.includes(SAMPLE) ? SAMPLE : names[0];
}

import { DefinitionFiles, nameOfFile } from "../../../fleet/read/files";
import { ExpectedError } from "../../../language/expected-error";
import { terraformName } from "../../../offline/binary";
import { differs, type Prepared, prepareRehearsals, WORK } from "../../../operations/rehearse/prepare";
import { rehearse } from "../../../operations/rehearse/rehearse";
import type { RehearsalReport } from "../../../operations/rehearse/report";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, selectionOf, shippedDirectory } from "../../shared/definitions";
import { untilInterrupted } from "../../shared/interrupt";
import { printJson } from "../../shared/print";
import { programPath } from "../../shared/program-root";
import { step } from "../../shared/step";
import { terminalOf } from "../../shared/terminal";
import { terraformVersion } from "../../shared/terraform-version";
import { rehearsalText } from "../../texts/rehearsal-text";

type Flags = {
  readonly base: string | undefined;
  readonly limit: string;
  readonly today: string | undefined;
};

/** The cluster that is applied from nothing if none is named: the smallest sample that has a bit of everything. */
const SAMPLE = "production.eks.example.com";

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const named = selectionOf(positionals);
  const fromNothing = flags.base === "none";
  const limit = limitOf(flags.limit);
  terraformVersion(); // an error now, and not after both versions are synthesized
  const report = await untilInterrupted(async (signal): Promise<RehearsalReport> => {
    const prepared = await step(fromNothing ? "synthesize" : "synthesize both versions", () =>
      prepareRehearsals({
        program: programPath("."),
        directory: definitionsDirectory(),
        shipped: shippedDirectory(),
        ref: fromNothing ? null : flags.base,
        select: named ?? (fromNothing ? sample() : undefined),
        today: dayOf(flags.today),
        work: WORK,
      }),
    );
    const { chosen, left } = choose(prepared, named === undefined, limit);
    return {
      version: 1,
      base: prepared.base?.commit ?? null,
      terraform: terraformName(),
      clusters: [...(await rehearse(chosen, { work: WORK, signal, step }))],
      not_rehearsed: left,
    };
  });
  if (json) printJson(report);
  else console.log(rehearsalText(report, terminalOf(process.stdout)));
  return report.clusters.some(({ failed, stacks }) => failed !== null || stacks.some(({ left }) => left.length > 0))
    ? 2
    : 0;
});

function choose({ rehearsals }: Prepared, onlyChanged: boolean, limit: number) {
  const chosen = onlyChanged ? rehearsals.filter(differs) : rehearsals;
  const most = onlyChanged ? limit : chosen.length;
  return { chosen: chosen.slice(0, most), left: chosen.slice(most).map(({ cluster }) => cluster) };
}

function limitOf(flag: string): number {
  if (!/^[1-9]\d*$/.test(flag))
    throw new ExpectedError(`--limit must be a whole number from 1 on, but is ${JSON.stringify(flag)}`);
  return Number(flag);
}

function sample(): string | undefined {
  const names = new DefinitionFiles(definitionsDirectory(), shippedDirectory()).clusterFiles().map(nameOfFile);
  return names.includes(SAMPLE) ? SAMPLE : names[0];
}

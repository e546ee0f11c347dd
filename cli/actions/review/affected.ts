import { ExpectedError } from "../../../language/expected-error";
import { affectedStacks } from "../../../operations/affected/affected";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { compared, comparisonOf, printErrors } from "../../shared/comparison";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { affectedLines, affectedText, githubMatrix, gitlabMatrix, MOST_JOBS } from "../../texts/affected-formats";

type Flags = {
  readonly base: string | undefined;
  readonly format: "github-matrix" | "gitlab" | "json" | "lines" | "text";
  readonly shards: string | undefined;
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const format = json ? "json" : flags.format;
  const most = shardsOf(flags.shards, format === "gitlab" ? MOST_JOBS.gitlab : MOST_JOBS.github);
  const report = await compared(positionals, () => affectedStacks(comparisonOf(flags, positionals), most));
  if (format === "json") printJson(report);
  else if (format === "lines") process.stdout.write(affectedLines(report));
  else if (format === "github-matrix") console.log(JSON.stringify(githubMatrix(report)));
  else if (format === "gitlab") console.log(JSON.stringify(gitlabMatrix(report)));
  else printText(affectedText(report, terminalOf(process.stdout)));
  return printErrors(report);
});

function shardsOf(flag: string | undefined, most: number): number {
  if (flag === undefined) return most;
  const number = Number(flag);
  if (!/^\d+$/.test(flag) || number < 1 || number > most)
    throw new ExpectedError(`--shards must be a number from 1 to ${most}, but is ${JSON.stringify(flag)}`);
  return number;
}

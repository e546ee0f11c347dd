import { readFileSync, statSync } from "node:fs";
import { validRange } from "semver";
import { TERRAFORM_VERSIONS } from "../../../fleet/model/stacks";
import { tryGit } from "../../../fleet/programs/git";
import { ExpectedError } from "../../../language/expected-error";
import { systemErrorText } from "../../../language/system-error";
import { guard, type PlanFile } from "../../../operations/guard/guard";
import { listRules } from "../../../operations/guard/list-rules";
import { destroysNetwork, readPolicy } from "../../../operations/guard/policy";
import type { GuardReport } from "../../../operations/guard/report";
import { NotAPlan } from "../../../operations/plans/plan";
import { MOST_BYTES, readPlan } from "../../../operations/plans/plan-file";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText } from "../../shared/print";
import { printProblems } from "../../shared/problem-report";
import { terminalOf } from "../../shared/terminal";
import { guardText, rulesText } from "../../texts/guard-text";

type Flags = {
  readonly cluster: string | undefined;
  readonly commit: string | undefined;
  readonly terraform: string | undefined;
  readonly rules: boolean;
  readonly today: string | undefined;
};

export const run = action(({ flags, json, positionals }: Input<Flags>): ExitCode => {
  const terminal = terminalOf(process.stdout);
  if (flags.rules) {
    const rules = listRules();
    const report: GuardReport = { version: 1, passed: true, plans: [], findings: [], notes: [], exceptions: [], rules };
    if (json) printJson(report);
    else printText(rulesText(rules, terminal));
    return 0;
  }
  if (positionals.length === 0)
    throw new ExpectedError(
      "no plan is named. Write one with terraform show -json FILE.tfplan > FILE.json, and run fleet guard FILE.json",
    );
  const today = dayOf(flags.today);
  const terraform = rangeOf(flags.terraform);
  const commit = commitOf(flags.commit);
  const { files, failed } = readPlans(positionals);
  if (files.length === 0) return 1;
  const options = { directory: definitionsDirectory(), shipped: shippedDirectory(), today };
  const peers = files.some(({ plan }) => destroysNetwork(plan)) ? "all" : "none";
  const { policy, warnings } = readPolicy(options, { peers });
  printProblems(warnings);
  const report = guard(files, { policy, today, terraform, commit, cluster: flags.cluster });
  const other = report.plans.find(({ cluster }) => flags.cluster !== undefined && cluster !== flags.cluster);
  if (other !== undefined)
    throw new ExpectedError(
      `--cluster names ${JSON.stringify(flags.cluster)}, but ${other.file} is a plan of ${other.cluster}. Leave out --cluster`,
    );
  if (json) printJson(report);
  else printText(guardText(report, { today, terminal, isCompared: commit !== undefined }));
  return failed ? 1 : report.passed ? 0 : 2;
});

/** Reads every file. A file that is not a plan is reported, and the others are still judged. */
function readPlans(names: readonly string[]): { readonly files: readonly PlanFile[]; readonly failed: boolean } {
  const files: PlanFile[] = [];
  for (const file of new Set(names)) {
    try {
      files.push({ file, plan: readPlan(bytesOf(file)) });
    } catch (error) {
      if (!(error instanceof NotAPlan)) throw error;
      console.error(`error: ${file} ${error.message}`);
    }
  }
  return { files, failed: files.length < new Set(names).size };
}

function bytesOf(file: string): Uint8Array {
  try {
    if (file === "-") return readFileSync(0);
    const stats = statSync(file);
    if (stats.isDirectory()) throw new NotAPlan("is a directory. Name the files in it");
    if (stats.size > MOST_BYTES) throw new NotAPlan("is too large for a plan");
    return readFileSync(file);
  } catch (error) {
    if (error instanceof NotAPlan) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = systemErrorText(error, file)?.slice(file.length + 1);
    throw new NotAPlan(code === "ENOENT" ? "does not exist" : (reason ?? `cannot be read: ${code ?? error}`));
  }
}

function rangeOf(range: string | undefined): string {
  if (range === undefined) return TERRAFORM_VERSIONS;
  if (validRange(range) === null)
    throw new ExpectedError(
      `--terraform must be a range of versions, such as ~1.11.0, but is ${JSON.stringify(range)}`,
    );
  return range;
}

/** Returns a commit with its time, from the repository of the current directory. */
function commitOf(revision: string | undefined): { readonly id: string; readonly time: string } | undefined {
  if (revision === undefined) return undefined;
  const found = tryGit(".", ["log", "-1", "--format=%H %cI", "--end-of-options", revision, "--"]);
  const [id, time] = found?.trim().split(" ") ?? [];
  if (id === undefined || time === undefined)
    throw new ExpectedError(`--commit must be a revision of this repository, but is ${JSON.stringify(revision)}`);
  return { id, time };
}

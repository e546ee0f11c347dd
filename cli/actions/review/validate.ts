import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { checkFleet } from "../../../fleet/load";
import { BaseError, tryGit } from "../../../fleet/programs/git";
import { DefinitionFiles } from "../../../fleet/read/files";
import { select } from "../../../fleet/read/select";
import { releaseDefinitions } from "../../../fleet/release-program";
import { extensionsFolder } from "../../../language/extensions/find";
import { DefinitionError, inReadingOrder, type Problem } from "../../../language/problem";
import { listed } from "../../../language/suggest";
import { baseVersions } from "../../../operations/validate/base-versions";
import { concernOf, isOfDefinitions } from "../../../operations/validate/concern";
import { githubCommands } from "../../../operations/validate/github";
import { gitlabReport } from "../../../operations/validate/gitlab";
import type { ValidateReport } from "../../../operations/validate/report";
import { type RepositoryPath, repositoryPath } from "../../../operations/validate/repository-path";
import { sarifOf } from "../../../operations/validate/sarif";
import { reportOf } from "../../../operations/validate/validate";
import { version } from "../../../package.json";
import { releaseProblems } from "../../../synth/release-problems";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, selectionOf, shippedDirectory, withoutVariable } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printJson } from "../../shared/print";
import { printProblems } from "../../shared/problem-report";
import { programPath } from "../../shared/program-root";

type Flags = {
  readonly base: string | undefined;
  readonly format: "github" | "gitlab" | "json" | "sarif" | "text";
  readonly strict: boolean;
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const { base, definitions, problems } = await check(flags, positionals);
  if (base !== null && base.refused.length > 0)
    console.error(
      `${base.ref} has definitions that are refused, so versions are not compared with those of ${listed(base.refused)}`,
    );
  const pathOf = pathsFrom(definitionsDirectory());
  const report = reportOf({ base, definitions, problems }, pathOf);
  print(report, problems, json ? "json" : flags.format, pathOf);
  return report.errors > 0 ? 1 : flags.strict && report.warnings > 0 ? 2 : 0;
});

interface Found {
  readonly base: ValidateReport["base"];
  readonly definitions: number;
  readonly problems: readonly Problem[];
}

async function check(flags: Flags, positionals: readonly string[]): Promise<Found> {
  const [directory, shipped, today] = [definitionsDirectory(), shippedDirectory(), dayOf(flags.today)];
  const given = positionals.filter(isFile);
  for (const file of given.filter((each) => !existsSync(each) && !isCommitted(each)))
    console.error(`warning: ${file} does not exist, and was not in the last commit either. Check its spelling`);
  const names = positionals.filter((each) => !given.includes(each));
  // A change of an extension concerns every cluster.
  const files = given.some((file) => isBelow(file, extensionsFolder(directory))) ? [] : given;
  const folders = [directory, shipped];
  if (files.length > 0 && names.length === 0 && !files.some((file) => isOfDefinitions(file, folders)))
    return { base: null, definitions: 0, problems: [] };
  const program = programPath(".") || ".";
  const opened =
    flags.base === undefined ? undefined : baseVersions({ directory, program, shipped }, flags.base, today);
  const base = opened?.base ?? null;
  try {
    const selection = given.length > 0 ? undefined : selectionOf(positionals);
    const fleet = checkFleet({
      directory,
      shipped,
      today,
      base: opened?.versions,
      baseReleases: opened?.releases,
      select: selection,
    });
    const ofReleases = await releaseProblems(releaseDefinitions(fleet.selected), { directory, shipped }, today);
    const problems = withoutVariable(inReadingOrder([...fleet.problems, ...ofReleases]), positionals);
    if (files.length === 0) return { base, definitions: fleet.selected.length, problems };
    const chosen = select(new DefinitionFiles(directory, shipped).clusterFiles(), names.join(","));
    const unknown = names.length === 0 ? [] : withoutVariable(chosen.problems, names);
    const concern = concernOf({ ...fleet, problems }, folders, [...files, ...(names.length === 0 ? [] : chosen.files)]);
    return { base, definitions: concern.definitions, problems: [...unknown, ...concern.problems] };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return { base, definitions: 0, problems: error.problems };
  }
}

function isBelow(file: string, folder: string): boolean {
  return resolve(file).startsWith(`${resolve(folder)}${sep}`);
}

/** True for the path of a file, which may be deleted; other arguments are names of clusters. */
function isFile(argument: string): boolean {
  return argument.includes("/") || /\.ya?ml$/i.test(argument) || existsSync(argument) || isCommitted(argument);
}

function isCommitted(name: string): boolean {
  try {
    return tryGit(".", ["cat-file", "-e", `HEAD:./${relative(".", name)}`]) !== undefined;
  } catch (error) {
    if (error instanceof BaseError) return false; // git is not installed
    throw error;
  }
}

/** Paths are relative to the top of the definitions' repository, or to the current folder without a repository. */
function pathsFrom(directory: string): RepositoryPath {
  const top = existsSync(directory) ? tryTop(directory) : undefined;
  return repositoryPath(top ?? ".", directory);
}

function tryTop(directory: string): string | undefined {
  try {
    return tryGit(directory, ["rev-parse", "--show-toplevel"])?.trim();
  } catch (error) {
    if (error instanceof BaseError) return undefined;
    throw error;
  }
}

function print(
  report: ValidateReport,
  problems: readonly Problem[],
  format: Flags["format"],
  pathOf: RepositoryPath,
): void {
  const count = `definitions: ${report.definitions}, errors: ${report.errors}, warnings: ${report.warnings}`;
  switch (format) {
    case "json":
      printJson(report);
      break;
    case "sarif":
      printJson(sarifOf(report, pathOf, version));
      break;
    case "gitlab":
      printJson(gitlabReport(report, pathOf));
      break;
    case "github":
      for (const command of githubCommands(report, pathOf)) console.log(command);
      console.log(count);
      break;
    default:
      printProblems(problems);
      console.log(count);
  }
}

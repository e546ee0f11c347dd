import { join } from "node:path";
import { pinnedProgram } from "../fleet/programs/pinned-program";
import { ProgramError } from "../fleet/programs/program-error";
import { type ProgramPin, pinOf } from "../fleet/programs/program-pin";
import { DefinitionFiles } from "../fleet/read/files";
import type { ReleaseCluster } from "../fleet/release-program";
import { isMap } from "../language/plain-map";
import type { Problem } from "../language/problem";
import { plainValue } from "../language/yaml/plain-tree";
import type { DefinitionSource, DefinitionsView } from "./definitions-view";
import { supportsKey } from "./known-keys";
import { byProgram, type OfProgram, withProgram } from "./of-program";
import { finished, linesOf } from "./run-program";
import { OutputError } from "./whole-output";

/**
 * Returns what the program of a release reports about its clusters. A key that only later programs support is explained.
 *
 * @param today the day of the run, YYYY-MM-DD; by default today
 */
export async function problemsOf(
  { clusters, program }: OfProgram,
  source: DefinitionSource,
  view: DefinitionsView,
  environment: NodeJS.ProcessEnv,
  today: string | undefined,
): Promise<readonly Problem[]> {
  const day = today === undefined ? [] : [`--today=${today}`];
  const run = await finished(
    process.execPath,
    [join(program.folder, "cli/fleet.mjs"), "validate", "--json", ...day],
    process.cwd(),
    environment,
  );
  const release = clusters[0]?.release ?? "";
  return reported(run.stdout, () => linesOf(view.withOriginals(run.stderr)).slice(0, 5).join("\n")).map((problem) => {
    const { message, place } = problem;
    const found = {
      ...problem,
      message: view.withOriginals(message),
      place: place && { ...place, file: view.original(place.file) },
    };
    if (problem.rule !== "unknown-key" || supportsKey(source.shipped, problem.path) !== true) return found;
    const since = firstRelease(source, release, problem.path);
    const key = JSON.stringify(problem.path.split(".").at(-1));
    const exists =
      since === undefined
        ? "No release has the key yet, only the program that runs. Remove it until a release with that program is cut"
        : `The key exists from release ${since} on. Remove it, or move the cluster to such a release first`;
    return {
      ...found,
      message: `release ${release} has program ${program.version}, which does not support ${key}. ${exists}`,
    };
  });
}

/** Returns the first release after another one whose program supports a key. */
function firstRelease({ directory, shipped }: DefinitionSource, after: string, path: string): string | undefined {
  const files = new DefinitionFiles(directory, shipped);
  return files
    .names("releases")
    .filter((name) => name > after)
    .find((name) => {
      const pin = programOfFile(files, name);
      const definitions = pin === undefined ? shipped : definitionsOf(pin, shipped);
      return definitions !== undefined && supportsKey(definitions, path) === true;
    });
}

function programOfFile(files: DefinitionFiles, release: string): ProgramPin | undefined {
  const value = files.layer("releases", release)?.root?.entries.get("program")?.value;
  const program = value && plainValue(value);
  if (typeof program === "string") return pinOf(program);
  return isMap(program) && typeof program["version"] === "string" ? (program as unknown as ProgramPin) : undefined;
}

function definitionsOf(pin: ProgramPin, shipped: string): string | undefined {
  try {
    return pinnedProgram(pin)?.definitions ?? shipped;
  } catch (error) {
    if (error instanceof ProgramError) return undefined; // such as a tag that this clone does not have
    throw error;
  }
}

/** Reads the answer of `fleet validate --json`, whose properties every later version has too. */
function reported(text: string, reason: () => string): readonly Problem[] {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new OutputError(`the program of a release could not check its definitions: ${reason()}`);
  }
  const problems = isMap(answer) && Array.isArray(answer["problems"]) ? answer["problems"] : [];
  return problems.filter(isMap).map((each) => {
    const { clusters, column, file, line, message, path, rule, severity } = each as Record<string, unknown>;
    const place = typeof file === "string" ? { file, line: Number(line), column: Number(column) } : null;
    return {
      rule: String(rule) as Problem["rule"],
      severity: severity === "warning" ? "warning" : "error",
      place,
      path: String(path),
      message: String(message),
      ...(Array.isArray(clusters) && clusters.length > 0 && { clusters: clusters.map(String) }),
    };
  });
}

/**
 * Returns what the programs of releases report about their clusters.
 *
 * @throws ExpectedError if a program cannot check its definitions
 */
export async function releaseProblems(
  clusters: readonly ReleaseCluster[],
  source: DefinitionSource,
  today: string,
): Promise<readonly Problem[]> {
  const found: Problem[] = [];
  for (const group of byProgram(clusters))
    found.push(
      ...(await withProgram(group, source, (view, environment) => problemsOf(group, source, view, environment, today))),
    );
  return found;
}

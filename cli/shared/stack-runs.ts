import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, stackId, TERRAFORM_VERSIONS } from "../../fleet/model/stacks";
import { nameOfFile } from "../../fleet/read/files";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError, type Problem } from "../../language/problem";
import { copyStack, prepareOfflineStack } from "../../offline/offline-stack";
import { tryGit } from "../../operations/base/git";
import { type Origin, stackHash } from "../../operations/deploy/saved-plans";
import type { Waiting } from "../../operations/deploy/stack-runner";
import { guard, type PlanFile } from "../../operations/guard/guard";
import { planOf } from "../../operations/guard/plan/plan";
import { readPolicy } from "../../operations/guard/policy";
import { version } from "../../package.json";
import { Synthesizer } from "../../synth/synthesizer";
import { definitionsDirectory, loadNamed, OUTPUT, selectionOf, shippedDirectory } from "./definitions";
import { printProblems } from "./problem-report";

/** Copies of the stacks in which Terraform runs, so that `cdktf` and a second command do not disturb it. */
const WORK = ".fleet/deploy";

/** Loads and synthesizes the clusters that a command which needs credentials is about. */
export async function synthesizeNamed(positionals: readonly string[], today: string): Promise<readonly Cluster[]> {
  if (selectionOf(positionals) === undefined)
    throw new ExpectedError(
      "no cluster is named. Name one, or a glob, such as '*.dev.example.com'; '*' means all of them",
    );
  const { clusters, warnings } = loadNamed(positionals, today);
  printProblems(warnings);
  warnOfOthers(clusters, today);
  await new Synthesizer(OUTPUT, 0).write(clusters, { all: false });
  return clusters;
}

/**
 * Two clusters that overlap are both reported, but only those that the command is about must not be deployed. Errors of other
 * definitions are counted.
 *
 * @throws DefinitionError with the errors that concern the selected clusters
 */
function warnOfOthers(clusters: readonly Cluster[], today: string): void {
  const problems = problemsOfAll(today);
  const names = clusters.map(({ name }) => name);
  const concerns = ({ message, place, clusters: affected = [] }: Problem): boolean =>
    [place === null ? "" : nameOfFile(place.file), ...affected].some((name) => names.includes(name)) ||
    names.some((name) => message.includes(name));
  const own = problems.filter(concerns);
  if (own.length > 0) throw new DefinitionError(own);
  if (problems.length > 0) console.error(`warning: ${counted(problems.length)} this; fleet validate shows them`);
}

const counted = (errors: number): string =>
  errors === 1 ? "1 error in other definitions does not stop" : `${errors} errors in other definitions do not stop`;

function problemsOfAll(today: string): readonly Problem[] {
  try {
    loadFleet({ directory: definitionsDirectory(), shipped: shippedDirectory(), today });
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.problems.filter(({ severity }) => severity === "error");
  }
}

/**
 * Prepares the folder of a stack. FLEET_LOCAL_STATE names a folder that keeps the states in place of the account's bucket, to try a
 * deploy without an account.
 */
export function prepareStack(stack: string): string {
  const stackDirectory = join(OUTPUT, "stacks", stack);
  const local = process.env["FLEET_LOCAL_STATE"];
  return local === undefined
    ? copyStack(stackDirectory, WORK)
    : prepareOfflineStack({ stackDirectory, workDirectory: WORK, stateDirectory: local }).directory;
}

/** Returns the hash of each stack's JSON. */
export function stackHashes(clusters: readonly Cluster[]): ReadonlyMap<string, string> {
  return new Map(
    clusters
      .flatMap(({ slug }) => STACKS.map((stack) => stackId(slug, stack)))
      .map((id) => [id, stackHash(readFileSync(join(OUTPUT, "stacks", id, "cdk.tf.json"), "utf8"))]),
  );
}

/** Returns what plans are made from. */
export function originOf(terraform: string): Origin {
  const directory = definitionsDirectory();
  const commit = existsSync(directory) ? tryGit(directory, ["rev-parse", "HEAD"])?.trim() : undefined;
  const dirty = commit !== undefined && tryGit(directory, ["status", "--porcelain", "--", "."])?.trim() !== "";
  return { commit: commit === undefined ? null : `${commit}${dirty ? "+" : ""}`, program: version, terraform };
}

/** Returns a judge of plans that knows the plans that this run has seen before: a tier may limit how many clusters change at once. */
export function guardOf(today: string): (waiting: Waiting) => readonly string[] {
  const options = { directory: definitionsDirectory(), shipped: shippedDirectory(), today };
  const { policy, warnings } = readPolicy(options, { peers: true });
  printProblems(warnings);
  const seen = new Map<string, PlanFile>();
  return ({ cluster, json, slug, stack }) => {
    const file = stackId(slug, stack);
    seen.set(file, { file, plan: planOf(json) });
    const { findings } = guard([...seen.values()], {
      policy,
      today,
      terraform: TERRAFORM_VERSIONS,
      cluster: undefined,
    });
    return findings
      .filter((finding) => finding.exception === null && finding.cluster === cluster && finding.file === file)
      .map(({ address, loses, proceed, rule }) => `${rule} ${address}: ${loses}. ${proceed}`);
  };
}

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkFleet, type Fleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { stackId, TERRAFORM_VERSIONS } from "../../fleet/model/stacks";
import { stacksOf } from "../../fleet/stacks/own-stacks";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError, type Problem } from "../../language/problem";
import { copyStack, prepareOfflineStack } from "../../offline/offline-stack";
import { type Origin, stackHash } from "../../operations/deploy/saved-plans";
import type { Waiting } from "../../operations/deploy/stack-runner";
import { planRolesElsewhere, readStateAs } from "../../operations/deploy/state-role";
import { guard, type PlanFile } from "../../operations/guard/guard";
import { destroysNetwork, readPolicy } from "../../operations/guard/policy";
import { planOf } from "../../operations/plans/plan";
import { concernOf } from "../../operations/validate/concern";
import { version } from "../../package.json";
import { ownerOf, takeLock } from "../../synth/process-lock";
import { Synthesizer } from "../../synth/synthesizer";
import { definitionsDirectory, loadNamed, OUTPUT, selectionOf, shippedDirectory } from "./definitions";
import { definitionsCommit } from "./definitions-commit";
import { printProblems } from "./problem-report";
import { terraformVersion } from "./terraform-version";

/** Copies of the stacks in which Terraform runs, so that `cdktf` and a second command do not disturb it. */
const WORK = ".fleet/deploy";

/** The hashes of the stacks that this process wrote. */
const written = new Map<string, string>();

/** The locks that this process has. */
const locks = new Set<string>();

/** Loads the clusters that a command which needs credentials is about. It must name them. */
export function requireNamed(positionals: readonly string[], today: string): Fleet {
  if (selectionOf(positionals) === undefined)
    throw new ExpectedError(
      "no cluster is named. Name one, or a glob, such as '*.dev.example.com'; '*' means all of them",
    );
  return loadNamed(positionals, today);
}

/** Loads and synthesizes the clusters that a command which needs credentials is about. */
export async function synthesizeNamed(positionals: readonly string[], today: string): Promise<readonly Cluster[]> {
  const { clusters, warnings } = requireNamed(positionals, today);
  terraformVersion(); // an error now, and not after the definitions are synthesized
  printProblems(warnings);
  warnOfOthers(clusters, today);
  for (const cluster of clusters) reserve(cluster);
  const definitions = { directory: definitionsDirectory(), shipped: shippedDirectory() };
  await new Synthesizer(OUTPUT, 0, { definitions }).write(clusters, { all: false });
  for (const [stack, hash] of stackHashes(clusters)) written.set(stack, hash);
  return clusters;
}

/**
 * Reserves the folders of a cluster's stacks until this process ends. A second command would overwrite the plan that this one has
 * judged and applies.
 */
function reserve({ name, slug }: Cluster): void {
  const lock = join(WORK, `${slug}.pid`);
  if (!takeLock(lock)) {
    const owner = ownerOf(lock);
    throw new ExpectedError(
      `process ${owner ?? "of another command"} works with ${name} in this folder. Wait until it has ended, or run this command in another checkout`,
    );
  }
  if (locks.size === 0)
    process.once("exit", () => {
      for (const each of locks) rmSync(each, { force: true });
    });
  locks.add(lock);
}

/**
 * Two clusters that overlap are both reported, but only those that the command is about must not be deployed. Errors of other
 * definitions are counted.
 *
 * @throws DefinitionError with the errors that concern the selected clusters
 */
function warnOfOthers(clusters: readonly Cluster[], today: string): void {
  const directory = definitionsDirectory();
  const shipped = shippedDirectory();
  const fleet = checkFleet({ directory, shipped, today });
  const names = new Set(clusters.map(({ name }) => name));
  const files = fleet.selected.flatMap(({ file, name }) => (names.has(name) ? [file] : []));
  const own = errorsOf(concernOf(fleet, [directory, shipped], files).problems);
  if (own.length > 0) throw new DefinitionError(own);
  const others = errorsOf(fleet.problems).length;
  if (others > 0) console.error(`warning: ${counted(others)} this; fleet validate shows them`);
}

const errorsOf = (problems: readonly Problem[]): Problem[] => problems.filter(({ severity }) => severity === "error");

const counted = (errors: number): string =>
  errors === 1 ? "1 error in other definitions does not stop" : `${errors} errors in other definitions do not stop`;

/**
 * Prepares the folder of a stack. FLEET_LOCAL_STATE names a folder that keeps the states in place of the account's bucket, to try a
 * deploy without an account. FLEET_STATE_ROLE names a role that only reads, for plans of a pull request.
 */
export function prepareStack(stack: string): string {
  const stackDirectory = join(OUTPUT, "stacks", stack);
  const hash = written.get(stack);
  if (hash !== undefined && hash !== hashOf(stack))
    throw new ExpectedError(
      `another command has written ${stackDirectory} since this one did, from other definitions or another version. Run this command again`,
    );
  const local = process.env["FLEET_LOCAL_STATE"];
  if (local !== undefined)
    return prepareOfflineStack({ stackDirectory, workDirectory: WORK, stateDirectory: local }).directory;
  const directory = copyStack(stackDirectory, WORK);
  const role = process.env["FLEET_STATE_ROLE"];
  if (role !== undefined) {
    readStateAs(role, directory);
    Object.assign(process.env, planRolesElsewhere(directory));
  }
  return directory;
}

/** Returns the hash of each stack's JSON. */
export function stackHashes(clusters: readonly Cluster[]): ReadonlyMap<string, string> {
  return new Map(
    clusters
      .flatMap((cluster) => stacksOf(cluster).map((stack) => stackId(cluster.slug, stack)))
      .map((id) => [id, hashOf(id)]),
  );
}

function hashOf(stack: string): string {
  return stackHash(readFileSync(join(OUTPUT, "stacks", stack, "cdk.tf.json"), "utf8"));
}

/** Returns the inputs of plans. */
export function originOf(terraform: string): Origin {
  return { commit: definitionsCommit(), program: version, terraform };
}

/**
 * Returns a judge of plans that includes the earlier plans of this run: a tier may limit how many clusters change at once. Errors in the
 * definitions of other clusters count only if a plan destroys a network, which could be connected to theirs.
 */
export function guardOf(today: string): (waiting: Waiting) => readonly string[] {
  const options = { directory: definitionsDirectory(), shipped: shippedDirectory(), today };
  const { policy, warnings } = readPolicy(options, { peers: "readable" });
  printProblems(warnings);
  const seen = new Map<string, PlanFile>();
  return ({ cluster, json, slug, stack }) => {
    const file = stackId(slug, stack);
    const plan = planOf(json);
    seen.set(file, { file, plan });
    const unknown = destroysNetwork(plan) ? errorsIn(() => readPolicy(options, { peers: "all" })) : 0;
    if (unknown > 0)
      return [
        `the plan destroys a network, and ${unknown === 1 ? "1 error" : `${unknown} errors`} in other definitions may hide connections to it. Fix the errors that fleet validate shows first`,
      ];
    const { findings } = guard([...seen.values()], {
      policy,
      today,
      terraform: TERRAFORM_VERSIONS,
      cluster: undefined,
    });
    return findings
      .filter((finding) => finding.exception === null && finding.cluster === cluster && finding.file === file)
      .map(
        ({ address, change, loses, proceed, rule }) => `${rule} ${address}: ${loses}. ${proceed} [change ${change}]`,
      );
  };
}

/** Returns the number of errors in the definitions. */
function errorsIn(use: () => void): number {
  try {
    use();
    return 0;
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return errorsOf(error.problems).length;
  }
}

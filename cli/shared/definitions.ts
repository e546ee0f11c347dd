import { type Fleet, loadFleet } from "../../fleet/load";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError, type Problem } from "../../language/problem";
import { programPath } from "./program-root";

/** The directory of Terraform's files, where `cdktf` expects them too. */
export const OUTPUT = "cdktf.out";

/** The directory of definitions that every command reads. */
export function definitionsDirectory(): string {
  return process.env["DEFINITIONS_DIR"] ?? "definitions";
}

/** The definitions that come with the program. */
export function shippedDirectory(): string {
  return programPath("definitions");
}

/**
 * Returns the selection of clusters: names or globs from the command line, or else from CLUSTER_NAME; undefined for every cluster.
 */
export function selectionOf(names: readonly string[]): string | undefined {
  return names.length > 0 ? names.join(",") : process.env["CLUSTER_NAME"];
}

/** Returns the day that a command counts from. */
export function dayOf(flag: string | undefined): string {
  if (flag === undefined) return new Date().toISOString().slice(0, 10);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(flag) ? new Date(flag) : undefined;
  if (day === undefined || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== flag)
    throw new ExpectedError(`--today must be a day, such as 2026-11-30, but is ${JSON.stringify(flag)}`);
  return flag;
}

/** Loads definitions for a question about them: no warning is printed, because `fleet validate` shows those. */
export function load(select: string | undefined, today: string = dayOf(undefined)): Fleet {
  return loadFleet({ directory: definitionsDirectory(), shipped: shippedDirectory(), select, today });
}

/** Loads the clusters that the command line names, or else those that CLUSTER_NAME selects. */
export function loadNamed(names: readonly string[], today?: string): Fleet {
  return asNamed(names, () => load(selectionOf(names), today));
}

/** Returns what `work` loads; its errors do not mention CLUSTER_NAME if the command line names the clusters. */
export function asNamed<Loaded>(names: readonly string[], work: () => Loaded): Loaded {
  try {
    return work();
  } catch (error) {
    throw aboutNames(error, names);
  }
}

/** Returns an error about a selection. It does not mention CLUSTER_NAME if the command line has the names. */
export function aboutNames(error: unknown, names: readonly string[]): unknown {
  return error instanceof DefinitionError ? new DefinitionError(withoutVariable(error.problems, names)) : error;
}

/** Returns problems that do not mention CLUSTER_NAME if the command line has the names. */
export function withoutVariable(problems: readonly Problem[], names: readonly string[]): readonly Problem[] {
  if (names.length === 0) return problems;
  return problems.map((each) => (each.place === null && each.path === "CLUSTER_NAME" ? { ...each, path: "" } : each));
}

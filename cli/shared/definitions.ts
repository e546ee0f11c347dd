import { type AcceptedFleet as ResolvedAccepted, resolveAccepted } from "../../fleet/accepted";
import { buildFleet, type Fleet, loadFleet } from "../../fleet/load";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError, type Problem, visible } from "../../language/problem";
import { listed } from "../../language/suggest";
import type { ExitCode } from "./exit-code";
import { printProblems } from "./problem-report";
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

/** Loads definitions for a command that only reads them: no warning is printed, because `fleet validate` shows those. */
export function load(select: string | undefined, today: string = dayOf(undefined)): Fleet {
  return loadFleet({ directory: definitionsDirectory(), shipped: shippedDirectory(), select, today });
}

/** Loads the clusters that the command line names, or else those that CLUSTER_NAME selects. */
export function loadNamed(names: readonly string[], today?: string): Fleet {
  return asNamed(names, () => load(selectionOf(names), today));
}

/** The clusters that an answer is about, and why it leaves out others. */
export type AcceptedFleet = Fleet & LeftOut;
type LeftOut = Pick<ResolvedAccepted, "errors" | "refused" | "refusedForPeers">;

/**
 * Loads the clusters that the command line names, or else those that CLUSTER_NAME selects, for an answer that may leave out clusters
 * whose definitions have errors: `printRefused` reports them after the answer.
 */
export function loadAccepted(names: readonly string[], today: string = dayOf(undefined)): AcceptedFleet {
  return asNamed(names, () => accepted(selectionOf(names), today));
}

/**
 * Refuses names that no cluster has. Without a base, no cluster of an earlier version can have them either.
 *
 * @throws DefinitionError
 */
export function checkNames(names: readonly string[]): void {
  if (names.length > 0) loadAccepted(names);
}

/** Loads every cluster, whatever CLUSTER_NAME selects, for an answer that may leave out some. */
export function loadEvery(today: string = dayOf(undefined)): AcceptedFleet {
  return accepted(undefined, today);
}

function accepted(select: string | undefined, today: string): AcceptedFleet {
  const found = resolveAccepted({ directory: definitionsDirectory(), shipped: shippedDirectory(), select, today });
  const { errors, refused, refusedForPeers } = found;
  return { ...buildFleet(found), errors, refused, refusedForPeers };
}

/** Returns a fleet whose definitions have no error. */
export function withoutErrors(fleet: Fleet): AcceptedFleet {
  return { ...fleet, errors: [], refused: [], refusedForPeers: [] };
}

/** Reports on stderr which clusters an answer leaves out, and why. Returns the exit code. */
export function printRefused({ errors, refused, refusedForPeers }: LeftOut): ExitCode {
  printProblems(errors);
  const peered = refusedForPeers.length > 0 ? `. Peered with them: ${listed(refusedForPeers)}` : "";
  if (refused.length > 0) console.error(visible(`The answer leaves out ${listed(refused)}${peered}`));
  return errors.length > 0 ? 1 : 0;
}

/** Returns the result of `work`. Its errors do not mention CLUSTER_NAME if the command line names the clusters. */
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

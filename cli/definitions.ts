import { type Fleet, loadFleet } from "../fleet/load";
import { printProblems } from "./problem-report";

/** The directory of Terraform's files, where `cdktf` expects them too. */
export const OUTPUT = "cdktf.out";

/** Loads definitions as `main.ts` does: the directory from DEFINITIONS_DIR, the clusters from the argument; warnings are printed. */
export function loadDefinitions({ select }: { readonly select: string | undefined }): Fleet {
  const fleet = load(select);
  printProblems(fleet.warnings);
  return fleet;
}

/**
 * Loads the selected clusters beside all others, because a range that another cluster uses is found only beside that cluster.
 * Prints warnings about the selected clusters only.
 */
export function loadBesideOthers(select: string): { readonly every: Fleet; readonly selected: Fleet } {
  return { every: load(undefined), selected: loadDefinitions({ select }) };
}

function load(select: string | undefined): Fleet {
  const directory = process.env["DEFINITIONS_DIR"] ?? "definitions";
  return loadFleet({ directory, shipped: "definitions", select, today: new Date().toISOString().slice(0, 10) });
}

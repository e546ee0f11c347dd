import { type Fleet, loadFleet } from "../fleet/load";
import { formatProblem } from "../language/problem";

/** The directory of Terraform's files, where `cdktf` expects them too. */
export const OUTPUT = "cdktf.out";

/** Loads definitions as `main.ts` does: the directory from DEFINITIONS_DIR, the clusters from the argument; warnings are printed. */
export function loadDefinitions({ select }: { readonly select: string | undefined }): Fleet {
  const fleet = load(select);
  for (const warning of fleet.warnings) console.error(formatProblem(warning));
  return fleet;
}

/**
 * Loads definitions for a plan or a deploy. It checks every other definition too, because a range that another cluster uses is
 * found only beside that cluster. Prints warnings about the selected clusters only.
 */
export function loadForDeploy(select: string): Fleet {
  load(undefined);
  return loadDefinitions({ select });
}

function load(select: string | undefined): Fleet {
  const directory = process.env["DEFINITIONS_DIR"] ?? "definitions";
  return loadFleet({ directory, shipped: "definitions", select, today: new Date().toISOString().slice(0, 10) });
}

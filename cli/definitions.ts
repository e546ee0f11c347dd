import { type Fleet, loadFleet } from "../fleet/load";
import { formatProblem } from "../language/problem";

/** Where Terraform's files go: what `cdktf` expects, too. */
export const OUTPUT = "cdktf.out";

/** Loads definitions as `main.ts` does: the directory from DEFINITIONS_DIR, the clusters from the argument; warnings are printed. */
export function loadDefinitions({ select }: { readonly select: string | undefined }): Fleet {
  const fleet = load(select);
  for (const warning of fleet.warnings) console.error(formatProblem(warning));
  return fleet;
}

/**
 * The same for what is about to be planned or deployed: every other definition is checked too, because a range that another
 * cluster uses is seen only beside that cluster. Warnings are those of the selected ones.
 */
export function loadForDeploy(select: string): Fleet {
  load(undefined);
  return loadDefinitions({ select });
}

function load(select: string | undefined): Fleet {
  const directory = process.env["DEFINITIONS_DIR"] ?? "definitions";
  return loadFleet({ directory, shipped: "definitions", select, today: new Date().toISOString().slice(0, 10) });
}

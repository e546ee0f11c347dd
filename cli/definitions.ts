import { type Fleet, loadFleet } from "../fleet/load";
import { formatProblem } from "../fleet/problem";

/** Where Terraform's files go: what `cdktf` expects, too. */
export const OUTPUT = "cdktf.out";

/** Loads definitions as `main.ts` does: the directory from DEFINITIONS_DIR, the clusters from the argument; warnings are printed. */
export function loadDefinitions({ select }: { readonly select: string | undefined }): Fleet {
  const fleet = loadFleet({
    directory: process.env["DEFINITIONS_DIR"] ?? "definitions",
    shipped: "definitions",
    select,
    today: new Date().toISOString().slice(0, 10),
  });
  for (const warning of fleet.warnings) console.error(formatProblem(warning));
  return fleet;
}

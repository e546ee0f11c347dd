import { loadFleet } from "./fleet/load";
import { DefinitionError, formatProblem } from "./fleet/problem";
import { synthesize } from "./stacks/synthesize";

/** Definitions in, Terraform out: what `cdktf synth`, `diff` and `deploy` run. */
async function main(): Promise<void> {
  const { clusters, warnings } = loadFleet({
    directory: process.env["DEFINITIONS_DIR"] ?? "definitions",
    shipped: "definitions",
    select: process.env["CLUSTER_NAME"],
    today: new Date().toISOString().slice(0, 10),
  });
  for (const warning of warnings) console.error(formatProblem(warning));
  await synthesize(clusters, process.env["CDKTF_OUTDIR"] ?? "cdktf.out");
}

main().catch((error: unknown) => {
  // Definitions' mistakes are told in full; anything else is ours, and its trace helps only those who ask for it.
  const expected = error instanceof DefinitionError || process.env["DEBUG"] === undefined;
  console.error(expected && error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

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
  console.error(error instanceof DefinitionError ? error.message : error);
  process.exitCode = 1;
});

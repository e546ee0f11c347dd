import { printProblems } from "./cli/shared/problem-report";
import { countClusters, loadFleet } from "./fleet/load";
import { DefinitionError, formatProblem } from "./language/problem";
import { Synthesizer } from "./synth/synthesizer";

/** Definitions in, Terraform out: what `cdktf synth`, `diff` and `deploy` run. They alone set SYNTH_HCL_OUTPUT. */
async function main(environment: NodeJS.ProcessEnv): Promise<void> {
  const { DEFINITIONS_DIR, CLUSTER_NAME, CDKTF_OUTDIR, SYNTH_HCL_OUTPUT } = environment;
  const source = { directory: DEFINITIONS_DIR ?? "definitions", shipped: "definitions", select: CLUSTER_NAME };
  const synthesizer = new Synthesizer(CDKTF_OUTDIR ?? "cdktf.out", countClusters(source), {
    removesFolders: SYNTH_HCL_OUTPUT === undefined,
  });
  try {
    const { clusters, warnings } = loadFleet({ ...source, today: new Date().toISOString().slice(0, 10) });
    for (const warning of warnings) console.error(formatProblem(warning));
    await synthesizer.write(clusters, { all: CLUSTER_NAME === undefined });
  } finally {
    synthesizer.close();
  }
}

main(process.env).catch((error: unknown) => {
  // The trace of any other error helps only those who ask for it.
  if (error instanceof DefinitionError) printProblems(error.problems);
  else console.error(process.env["DEBUG"] === undefined && error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

import { countClusters } from "../../fleet/load";
import { DefinitionError, formatProblem } from "../../language/problem";
import { Synthesizer } from "../../synth/synthesizer";
import { printProblems } from "../shared/problem-report";
import { load, sourceOf } from "./fleet";

/** Definitions in, Terraform out: what `cdktf synth`, `diff` and `deploy` run. An error is printed, and the process ends with 1. */
export function main(environment: NodeJS.ProcessEnv = process.env): void {
  run(environment).catch((error: unknown) => {
    // The stack trace of other errors is printed only with DEBUG.
    if (error instanceof DefinitionError) printProblems(error.problems);
    else console.error(environment["DEBUG"] === undefined && error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

/** Only cdktf's own commands set SYNTH_HCL_OUTPUT. */
async function run({
  DEFINITIONS_DIR,
  CLUSTER_NAME,
  CDKTF_OUTDIR,
  SYNTH_HCL_OUTPUT,
}: NodeJS.ProcessEnv): Promise<void> {
  const options = { directory: DEFINITIONS_DIR ?? "definitions", select: CLUSTER_NAME };
  const source = sourceOf(options);
  const synthesizer = new Synthesizer(CDKTF_OUTDIR ?? "cdktf.out", countClusters(source), {
    removesFolders: SYNTH_HCL_OUTPUT === undefined,
    definitions: source,
    onWarning: (line) => console.error(line),
  });
  try {
    const { clusters, warnings } = load(options);
    for (const warning of warnings) console.error(formatProblem(warning));
    await synthesizer.write(clusters, { all: CLUSTER_NAME === undefined });
  } finally {
    synthesizer.close();
  }
}

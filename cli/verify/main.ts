import { DefinitionError } from "../../language/problem";
import { printProblems } from "../shared/problem-report";
import { verifyCharts } from "./charts";
import { verifyCluster } from "./cluster";
import { verifyEksctl } from "./eksctl-examples";
import { verifyPipelines } from "./pipelines";
import { scan } from "./scan";
import { ToolError } from "./tool";

/** The checks with real tools, by the name of their make target. Each returns its findings. */
const CHECKS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  "verify-charts": verifyCharts,
  "verify-cluster": verifyCluster,
  "verify-scan": scan,
  "verify-eksctl": verifyEksctl,
  "verify-pipelines": verifyPipelines,
};

async function main(name = ""): Promise<void> {
  const check = CHECKS[name];
  if (check === undefined) throw new ToolError(`${name} is no check. Checks are ${Object.keys(CHECKS).join(", ")}`);
  const findings = await check();
  for (const finding of findings) console.error(`✖ ${finding}`);
  console.log(`${name}: ${findings.length} finding${findings.length === 1 ? "" : "s"}`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

main(process.argv[2]).catch((error: unknown) => {
  if (error instanceof DefinitionError) printProblems(error.problems);
  else console.error(error instanceof ToolError ? error.message : error);
  process.exitCode = 2;
});

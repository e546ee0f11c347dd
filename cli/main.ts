import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { STACKS, stackId } from "../fleet/model/stacks";
import { exitCodeOf } from "../language/exit-code";
import { ExpectedError } from "../language/expected-error";
import { writeWhole } from "../synth/whole-output";
import { printError } from "./shared/action";
import { loadBesideOthers, loadDefinitions } from "./shared/definitions";
import { Interrupted } from "./shared/interrupt";

const program = new Command("cluster-fleet").description("The commands behind make; see `make help`.");

program
  .command("validate")
  .description("check every definition, or those that CLUSTER_NAME selects")
  .action(() => {
    const { clusters, warnings } = loadDefinitions({ select: process.env["CLUSTER_NAME"] });
    console.log(`definitions: ${clusters.length}, errors: 0, warnings: ${warnings.length}`);
  });

program
  .command("generate")
  .description(
    "regenerate the JSON Schemas and the definition reference; with DEFINITIONS_DIR, the JSON Schemas of that directory",
  )
  .action(async () => {
    const { generatedFiles, schemaFiles } = await import("./generate");
    const { brokenAnswers } = await import("./answer-schema");
    const broken = brokenAnswers((file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined));
    if (broken.length > 0) throw new ExpectedError(broken.join("\n"));
    const own = process.env["DEFINITIONS_DIR"];
    const files = own === undefined ? generatedFiles(".") : schemaFiles(".", own, "definitions");
    await writeWhole(own ?? ".", (unfinished) => {
      for (const [file, text] of files) {
        mkdirSync(join(unfinished, dirname(file)), { recursive: true });
        writeFileSync(join(unfinished, file), text);
      }
    });
    for (const file of files.keys()) console.log(file);
  });

program
  .command("plan")
  .description("plan the stacks of the clusters that CLUSTER_NAME selects, in order")
  .action(async () => {
    const { clusters } = loadBesideOthers(selection("plan")).selected;
    const failed: string[] = [];
    for (const { slug } of clusters) failed.push(...(await planCluster(slug)));
    if (failed.length > 0) throw new ExpectedError(failed.join("\n"));
  });

program
  .command("cluster")
  .description("deploy the stacks of the clusters that CLUSTER_NAME selects, in order")
  .action(async () => {
    const { cdktf } = await import("./cdktf");
    loadBesideOthers(selection("cluster"));
    const code = await cdktf(["deploy", "*"]);
    if (code === exitCodeOf("SIGINT")) throw new Interrupted(code);
    if (code !== 0)
      throw new ExpectedError(
        "the deploy did not finish. Applied changes stay. Fix the cause and run the same command again",
      );
  });

/** Plans a cluster's stacks up to the first that fails, and returns a message about that one. */
async function planCluster(slug: string): Promise<string[]> {
  const { cdktf } = await import("./cdktf");
  for (const stack of STACKS) {
    const code = await cdktf(["diff", stackId(slug, stack)]);
    if (code === exitCodeOf("SIGINT")) throw new Interrupted(code);
    if (code === 0) continue;
    const reason = stack === STACKS[0] ? "" : ". A stack can be planned after the stacks before it are deployed";
    return [`the plan of ${stackId(slug, stack)} failed${reason}`];
  }
  return [];
}

function selection(command: "plan" | "cluster"): string {
  const select = process.env["CLUSTER_NAME"];
  if (select === undefined || select === "") {
    throw new ExpectedError(
      `CLUSTER_NAME is not set. Name a cluster, such as make ${command} CLUSTER_NAME=production.eks.example.com`,
    );
  }
  return select;
}

program.parseAsync().catch((error: unknown) => {
  process.exitCode = printError(error);
});

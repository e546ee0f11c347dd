import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Command } from "commander";
import { STACKS, stackId } from "../fleet/names";
import { DefinitionError } from "../fleet/problem";
import { loadDefinitions } from "./definitions";

const program = new Command("cluster-fleet").description("What a Makefile cannot do by itself; see `make help`.");

program
  .command("validate")
  .description("check every definition, or those that CLUSTER_NAME selects")
  .action(() => {
    const { clusters, warnings } = loadDefinitions({ select: process.env["CLUSTER_NAME"] });
    console.log(`definitions: ${clusters.length}, errors: 0, warnings: ${warnings.length}`);
  });

program
  .command("generate")
  .description("write the JSON Schemas and the definition reference anew")
  .action(async () => {
    const { generatedFiles } = await import("./generate");
    for (const [file, text] of generatedFiles(".")) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      console.log(file);
    }
  });

program
  .command("plan")
  .description("plan the stacks of the clusters that CLUSTER_NAME selects, in order")
  .action(async () => {
    const { cdktf } = await import("./cdktf");
    const { clusters } = loadDefinitions({ select: selection("plan") });
    for (const { slug } of clusters) {
      for (const stack of STACKS) {
        const code = await cdktf(["diff", stackId(slug, stack)]);
        if (code === 0) continue;
        const reason = stack === STACKS[0] ? "" : "; a stack can be planned once those before it are deployed";
        throw new Told(`the plan of ${stackId(slug, stack)} failed${reason}`);
      }
    }
  });

program
  .command("cluster")
  .description("deploy the stacks of the clusters that CLUSTER_NAME selects, in order")
  .action(async () => {
    const { cdktf } = await import("./cdktf");
    loadDefinitions({ select: selection("cluster") });
    const code = await cdktf(["deploy", "*"]);
    if (code !== 0)
      throw new Told("the deploy did not finish: what was applied stays; the same command goes on from there");
  });

program
  .command("demo")
  .description("apply a sample cluster with the real Terraform, on a machine without a cloud")
  .action(async () => {
    const { demo } = await import("./demo");
    await demo();
  });

/** Something the user has to know, in one sentence. */
class Told extends Error {}

function selection(command: "plan" | "cluster"): string {
  const select = process.env["CLUSTER_NAME"];
  if (select === undefined || select === "") {
    throw new Told(
      `CLUSTER_NAME is not set: name a cluster, such as make ${command} CLUSTER_NAME=production.eks.example.com`,
    );
  }
  return select;
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof DefinitionError || error instanceof Told) console.error(error.message);
  else
    console.error(
      error instanceof Error ? error.message : error,
      "(set DEBUG=1 for more)",
      process.env["DEBUG"] ? error : "",
    );
  process.exitCode = 1;
});

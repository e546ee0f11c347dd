import { hasCommand, STAGES } from "../../../pipelines/model/stage";
import { defineCommand } from "../../shared/command";

export const ci = defineCommand({
  name: "ci",
  summary: "do one stage of a pipeline, as the generated pipelines call it",
  details: `The variables of the job describe its task: BASE, CHANGE, CLUSTER_NAME, SHARD, TARGET, RELEASE. Its identity is in
FLEET_IDENTITY. docs/pipelines/ lists the stages. On a laptop, use the commands that a stage runs, such as fleet plan.`,
  positionals: [{ name: "<stage>", description: "what to do", choices: STAGES.filter(hasCommand) }],
  flags: {
    for: {
      choices: ["deploy", "drift", "destroy"],
      description: "for choose: the purpose for which clusters are chosen",
    },
  },
  examples: [
    ["fleet ci validate", "checks the definitions, and that the pipelines are up to date"],
    ["fleet ci choose --for deploy", "lists the clusters that may be deployed now"],
  ],
  json: false,
  run: async (input) => (await import("../../actions/ci/ci")).run(input),
});

import { CLUSTERS, defineCommand } from "../../shared/command";
import { ROLLOUT } from "../rollout/flags";

export const status = defineCommand({
  name: "status",
  summary: "show what happens with each cluster, and the last runs of its jobs",
  details: `Reads the records of rollouts: each deploy, by CI or by a person, and each look at a cluster's health. Ends with 2 if the last run of a
job did not end well.`,
  positionals: [CLUSTERS],
  flags: {
    ci: { description: "show the last runs of each job, the latest first" },
    runs: { value: "number", default: "10", description: "number of runs of each job" },
    format: { value: "format", choices: ["table", "markdown"], default: "table", description: "how to show it" },
    ...ROLLOUT,
  },
  examples: [
    ["fleet status", "every cluster, with its release and what it waits for"],
    ["fleet status --ci", "with the last runs of each job"],
    ["fleet status --ci --format markdown", "for the summary of a run"],
  ],
  run: async (input) => (await import("../../actions/see/status")).run(input),
});

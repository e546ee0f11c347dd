import { CLUSTERS, defineCommand, NO_CACHE, TODAY } from "../../shared/command";

export const affected = defineCommand({
  name: "affected",
  summary: "list the stacks that a change affects, in the order in which they must run",
  details: `Lists stacks whose JSON differs, stacks that read a changed output, and stacks that are gone, which the code
of the base destroys. By default, the base is the commit from which the branch left origin/main, or main.
The exit code is 0 whether a stack is affected or not.`,
  positionals: [CLUSTERS],
  flags: {
    base: { value: "ref", description: "compare with this commit, branch or tag" },
    format: {
      choices: ["text", "json", "lines", "github-matrix", "gitlab"],
      default: "text",
      description: "lines: an action and a stack on each; github-matrix and gitlab: a job for each shard",
    },
    shards: {
      value: "number",
      description:
        "share the stacks among this many jobs, by their resources; stacks that depend on each other share one",
    },
    "no-cache": NO_CACHE,
    today: TODAY,
  },
  examples: [
    ["fleet affected", "the stacks that this branch affects, and why"],
    ["fleet affected --base HEAD~1 --format lines", "for a loop in a shell"],
    ["fleet affected --format github-matrix --shards 8", "a matrix of eight jobs"],
  ],
  run: async (input) => (await import("../../actions/review/affected")).run(input),
});

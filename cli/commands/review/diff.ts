import { CLUSTERS, defineCommand, NO_CACHE, TODAY } from "../../shared/command";

export const diff = defineCommand({
  name: "diff",
  summary: "compare the stacks with those of another commit, resource by resource",
  details: `Shows what Terraform would create, change, replace and destroy, without credentials: both versions
are synthesized and compared. \`likely\` marks what only a plan confirms.
By default, the base is the commit from which the branch left origin/main, or main.`,
  positionals: [CLUSTERS],
  flags: {
    base: { value: "ref", description: "compare with this commit, branch or tag" },
    format: {
      choices: ["text", "markdown", "json"],
      default: "text",
      description: "markdown has at most 60,000 characters, for a comment on a pull request",
    },
    "no-cache": NO_CACHE,
    today: TODAY,
  },
  examples: [
    ["fleet diff", "every cluster that this branch changes"],
    ["fleet diff --base HEAD", "uncommitted changes"],
    ["fleet diff --base v1.4.0 'production.*'", "some clusters, since a tag"],
    ["fleet diff --format markdown", "for a comment on a pull request"],
  ],
  run: async (input) => (await import("../../actions/review/diff")).run(input),
});

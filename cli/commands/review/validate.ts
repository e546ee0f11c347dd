import { defineCommand, TODAY } from "../../shared/command";

export const validate = defineCommand({
  name: "validate",
  summary: "check all definitions, or those that some files affect",
  details: `Names and globs check these clusters alone. Files are checked with the whole fleet, and what concerns them is
reported: problems in them, and errors of clusters that use a layer in them. Files that are no definitions, and files that
were deleted, can be named too, as pre-commit and git do.
Exit codes: 1 for an error, 0 for warnings alone, or 2 with --strict.`,
  positionals: [
    {
      name: "[clusters or files...]",
      description: "names or globs of clusters, or files; by default the clusters in CLUSTER_NAME, or all",
    },
  ],
  flags: {
    base: {
      value: "ref",
      description: "also refuse Kubernetes versions that EKS cannot reach from those of this commit, branch or tag",
    },
    format: {
      choices: ["text", "json", "sarif", "github", "gitlab"],
      default: "text",
      description: "sarif for code scanning, github for annotations of a job, gitlab for Code Quality",
    },
    strict: { description: "end with 2 if there are warnings" },
    today: TODAY,
  },
  examples: [
    ["fleet validate", "every definition, and all layers"],
    ["fleet validate 'production.*'", "some clusters"],
    ["fleet validate definitions/tiers/staging.yaml", "a tier, and the clusters that use it"],
    ["fleet validate --format sarif > fleet.sarif", "for code scanning"],
    ["fleet validate --base origin/main", "as CI does for a pull request"],
  ],
  run: async (input) => (await import("../../actions/review/validate")).run(input),
});

import { defineCommand, TODAY } from "../../shared/command";

export const generatePipelines = defineCommand({
  name: "pipelines generate",
  summary: "write the pipelines of the CI system that definitions/pipelines.yaml names",
  details: `Writes the files that the CI system reads, and removes those that were generated earlier and are not needed
any more. Files that somebody wrote are never overwritten. Run it in the root of the repository.
What the system cannot express, and what must be set up in it by hand, is printed.
Exit code 2 with --check: a file is not up to date.`,
  flags: {
    check: { description: "write nothing, and end with 2 if a file is not up to date" },
    system: {
      value: "name",
      choices: ["github", "gitlab", "concourse", "prow"],
      description: "another CI system than that of pipelines.yaml",
    },
    out: { value: "folder", description: "write below this folder instead of the current one" },
    today: TODAY,
  },
  examples: [
    ["fleet pipelines generate", "write the files"],
    ["fleet pipelines generate --check", "for a pull request"],
    ["fleet pipelines generate --system gitlab --out /tmp/gitlab", "see what GitLab would get"],
  ],
  run: async (input) => (await import("../../actions/pipelines/generate")).run(input),
});

import { defineCommand, TODAY } from "../../shared/command";

export const guard = defineCommand({
  name: "guard",
  summary: "stop plans that destroy, widen or change too much",
  details:
    "Reads the output of terraform show -json, and ends with 2 if a rule stops it. docs/guard.md explains the rules and the exceptions.",
  positionals: [{ name: "[plans...]", description: "files with the JSON of plans; - for the standard input" }],
  flags: {
    cluster: { value: "name", description: "cluster of the plans that do not name one" },
    commit: { value: "revision", description: "commit that the plans must not be older than, such as HEAD" },
    terraform: { value: "range", description: "versions of Terraform that may create the plans" },
    rules: { description: "list the rules instead" },
    today: TODAY,
  },
  examples: [
    ["fleet guard plans/*.json", "judge plans"],
    ["fleet guard --commit HEAD plans/*.json", "also stop plans that are older than the commit"],
    ["fleet guard --rules", "list the rules"],
  ],
  run: async (input) => (await import("../../actions/review/guard")).run(input),
});

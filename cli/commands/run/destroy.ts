import { defineCommand, TODAY } from "../../shared/command";

export const destroy = defineCommand({
  name: "destroy",
  summary: "destroy the stacks of a cluster, in the reverse order",
  details: `Needs credentials. It shows what would be lost and what stays, and asks for the cluster's name before it starts and once more before each
stack. Then it deletes what Kubernetes created in AWS (kubectl), destroys the stacks, and looks for what is left (AWS CLI). A cluster with
deletion_protection is refused: switch it off in its definition, merge and deploy that first.`,
  positionals: [{ name: "<cluster>", description: "name of the cluster" }],
  flags: {
    approve: { value: "name", description: "the cluster's name, in place of the questions" },
    "skip-cleanup": { description: "delete nothing in the cluster first, and do not ask AWS what is left" },
    today: TODAY,
  },
  examples: [
    ["fleet destroy old.dev.example.com", "asks before each stack"],
    ["fleet destroy old.dev.example.com --skip-cleanup", "for a cluster whose API does not answer any more"],
  ],
  run: async (input) => (await import("../../actions/run/destroy")).run(input),
});

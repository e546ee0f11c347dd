import { defineCommand } from "../../shared/command";

export const bootstrap = defineCommand({
  name: "bootstrap",
  summary: "prepare an AWS account: the bucket of the state, and the roles of people and CI systems",
  details: `Needs credentials of an administrator of the account. Creates what accounts/<account>.yaml describes under bootstrap, shows the plan and asks
for approval. The first time, Terraform keeps its state in a file, and then moves it into the bucket that it created. If it stops, the same
command goes on from there.`,
  positionals: [{ name: "<account>", description: "name of the account's file, without .yaml" }],
  flags: {
    plan: { description: "show what would change, and change nothing" },
    approve: { description: "apply the plan without a question" },
    adopt: {
      value: "resource",
      repeat: true,
      description: "take over a resource that exists already, such as bucket, role=plan or issuer=gitlab.com",
    },
  },
  examples: [
    ["fleet bootstrap sandbox --plan", "shows what would be created"],
    ["fleet bootstrap sandbox", "asks before it creates anything"],
    ["fleet bootstrap sandbox --adopt role=plan", "keeps a role that was created by hand, and changes it"],
  ],
  run: async (input) => (await import("../../actions/run/bootstrap")).run(input),
});

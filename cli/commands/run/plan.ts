import { defineCommand, NAMED_CLUSTERS, TODAY } from "../../shared/command";

export const plan = defineCommand({
  name: "plan",
  summary: "plan the stacks of clusters against their accounts",
  details: `Needs credentials. A stack that reads the outputs of a stack that was never applied cannot be planned yet: a rehearsal shows what it
would create. --out keeps the plans for fleet deploy --plans. They contain secrets in clear, and only their owner can read them.`,
  positionals: [NAMED_CLUSTERS],
  flags: {
    stack: {
      value: "name",
      repeat: true,
      description: "plan this stack alone, such as addons; several with one flag each",
    },
    out: { value: "folder", description: "keep the plan files in this folder" },
    "skip-rehearsal": { description: "show nothing of stacks that cannot be planned yet" },
    today: TODAY,
  },
  examples: [
    ["fleet plan staging.dev.example.com", "what a deploy would do"],
    ["fleet plan 'production.*' --out plans", "plans to apply later, as they are"],
  ],
  run: async (input) => (await import("../../actions/run/plan")).run(input),
});

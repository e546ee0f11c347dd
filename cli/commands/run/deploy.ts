import { defineCommand, NAMED_CLUSTERS, TODAY } from "../../shared/command";

export const deploy = defineCommand({
  name: "deploy",
  summary: "apply the stacks of clusters, in their order",
  details: `Needs credentials. Plans each stack, judges the plan by the guard, asks for approval, and applies exactly that plan. Ends at the
first stack that fails. What was applied stays, and the same command continues there.`,
  positionals: [NAMED_CLUSTERS],
  flags: {
    approve: { description: "apply every plan that the guard lets pass, without a question" },
    plans: { value: "folder", description: "apply the plans that fleet plan --out kept, and no others" },
    parallel: { value: "number", default: "1", description: "clusters that are deployed at the same time" },
    today: TODAY,
  },
  examples: [
    ["fleet deploy staging.dev.example.com", "asks before each stack"],
    ["fleet deploy staging.dev.example.com --approve", "asks nothing, as in CI"],
    ["fleet deploy 'production.*' --plans plans", "applies plans that were reviewed"],
  ],
  run: async (input) => (await import("../../actions/run/deploy")).run(input),
});

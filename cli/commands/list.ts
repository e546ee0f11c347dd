import { CLUSTERS, defineCommand, TODAY } from "../shared/command";

export const list = defineCommand({
  name: "list",
  summary: "list clusters with their versions, support and owners",
  positionals: [CLUSTERS],
  flags: { today: TODAY },
  examples: [
    ["fleet list", "every cluster"],
    ["fleet list '*.dev.example.com'", "clusters whose names match"],
    ["fleet list --json", "every cluster, as JSON"],
  ],
  run: async (input) => (await import("../actions/list")).run(input),
});

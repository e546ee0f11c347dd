import { defineCommand, TODAY } from "../../shared/command";

export const releaseList = defineCommand({
  name: "release list",
  summary: "list releases with their channels, clusters and support, and clusters that are held",
  flags: { today: TODAY },
  examples: [["fleet release list", "every release"]],
  run: async (input) => (await import("../../actions/release/list")).run(input),
});

import { defineCommand } from "../../shared/command";

export const releaseDiff = defineCommand({
  name: "release diff",
  summary: "show which versions differ between two releases",
  positionals: [
    { name: "<from>", description: "the earlier release" },
    { name: "<to>", description: "the later release" },
  ],
  flags: {},
  examples: [["fleet release diff 2026.11 2026.12", "versions and settings that differ"]],
  run: async (input) => (await import("../../actions/release/diff")).run(input),
});

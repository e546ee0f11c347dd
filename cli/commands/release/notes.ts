import { defineCommand, TODAY } from "../../shared/command";

export const releaseNotes = defineCommand({
  name: "release notes",
  summary: "write the notes of a release as Markdown",
  details:
    "Lists the versions that differ from another release, with links to their notes, and what happens to the clusters that have the earlier release: which nodes roll, and which resources are replaced, by kind of cluster.",
  positionals: [{ name: "<release>", description: "name of a release" }],
  flags: {
    since: { value: "release", description: "the earlier release; by default the one before by name" },
    "no-cache": { description: "build every stack, even if it was built from the same before" },
    today: TODAY,
  },
  examples: [
    ["fleet release notes 2026.12", "what changed since 2026.11"],
    ["fleet release notes 2026.12 --since 2026.10", "for those who skip one"],
  ],
  run: async (input) => (await import("../../actions/release/notes")).run(input),
});

import { defineCommand, TODAY } from "../../shared/command";

export const releaseCheck = defineCommand({
  name: "release check",
  summary: "check what a release would do to the clusters that would get it",
  details:
    "Validates and synthesizes each cluster with the release, compares its stacks with those that it has, and rehearses one cluster of each kind with Terraform. Ends with 2 if a cluster is refused or a rehearsal fails.",
  positionals: [{ name: "<release>", description: "name of a release" }],
  flags: {
    channel: {
      value: "channel",
      repeat: true,
      description: "channels that would get it; by default those with an earlier release",
    },
    "no-rehearse": { description: "skip the rehearsals, which require Terraform" },
    "no-cache": { description: "build every stack, even if it was built from the same before" },
    today: TODAY,
  },
  examples: [
    ["fleet release check 2027.01", "every channel that has an earlier release"],
    ["fleet release check 2027.01 --channel stable --no-rehearse", "one channel, without Terraform"],
  ],
  run: async (input) => (await import("../../actions/release/check")).run(input),
});

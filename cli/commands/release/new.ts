import { defineCommand, TODAY } from "../../shared/command";

export const releaseNew = defineCommand({
  name: "release new",
  summary: "cut a release from what a channel runs",
  details:
    "Copies the versions of the release that the channel names, and adds the version of the program and a digest. The release must not change afterwards. In a repository of the program, the version must have its git tag.",
  flags: {
    from: { value: "channel", description: "channel or release whose versions are copied", default: "insiders" },
    name: { value: "release", description: "name of the release; by default the month, such as 2027.01" },
    "cannot-skip": {
      value: "reason",
      description: "why clusters must not skip the release on their way to a later one",
    },
    "no-way-back": { value: "reason", description: "why a cluster cannot return to an earlier release" },
    today: TODAY,
  },
  examples: [
    ["fleet release new", "cut the next release from what insiders run"],
    ["fleet release new --name 2027.02", "give it another name"],
  ],
  run: async (input) => (await import("../../actions/release/new")).run(input),
});

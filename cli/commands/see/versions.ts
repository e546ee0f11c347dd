import { defineCommand, TODAY } from "../../shared/command";

export const versions = defineCommand({
  name: "versions",
  summary: "show what releases pin, where each version was seen, and what is newer",
  details:
    "Without a name: the releases that channels name. --check asks the registries of charts over the network, and ends with 2 if something newer exists. Versions of EKS are compared with definitions/seen-versions.yaml.",
  positionals: [{ name: "[releases...]", description: "names of releases" }],
  flags: {
    check: { description: "compare charts with their registries" },
    write: { description: "write the next release, with the newest versions that were seen; implies --check" },
    name: { value: "release", description: "name of the next release; by default the month, such as 2027.01" },
    today: TODAY,
  },
  examples: [
    ["fleet versions", "what the channels' releases pin"],
    ["fleet versions 2026.12 --check", "what is newer"],
    ["fleet versions --write", "the next release, from the newest"],
  ],
  run: async (input) => (await import("../../actions/see/versions")).run(input),
});

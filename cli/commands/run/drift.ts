import { defineCommand, NAMED_CLUSTERS, TODAY } from "../../shared/command";

export const drift = defineCommand({
  name: "drift",
  summary: "compare AWS with the definitions, and list what was changed outside of Terraform",
  details: `Needs credentials that can read. Each difference names the resource, its attributes and the lines of the definitions that shape
it, without values. Differences without meaning, which upgrades of a provider bring, are counted.
Exit codes: 0 no difference, 2 differences, 1 a stack that could not be compared.`,
  positionals: [NAMED_CLUSTERS],
  flags: { today: TODAY },
  examples: [
    ["fleet drift shop.acme.example.net", "what was changed in AWS by hand"],
    ["fleet drift '*' --json", "the whole fleet, for a program"],
  ],
  run: async (input) => (await import("../../actions/run/drift")).run(input),
});

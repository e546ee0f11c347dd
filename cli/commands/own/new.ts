import { defineCommand, TODAY } from "../../shared/command";

export const newCluster = defineCommand({
  name: "new",
  summary: "write the file of a new cluster, with the next free range of its account",
  details:
    "The range is also written to ranges.yaml: if another branch uses the same range, git reports the conflict. On a terminal, it asks for values that no flag sets. Without a terminal, or with --yes, it uses the defaults.",
  positionals: [{ name: "<CLUSTER_NAME>", description: "a domain name such as search.dev.example.com, or one word" }],
  flags: {
    owner: { value: "team", description: "the team that owns the cluster, and the folder of its file" },
    account: { value: "name", description: "a file of accounts/" },
    tier: { value: "name", description: "a file of tiers/" },
    channel: { value: "name", description: "a channel, or an exact release" },
    region: { value: "region", description: "AWS region; by default the one that all clusters of the account share" },
    zones: { value: "zones", description: "number of zones, or their names separated by commas" },
    size: { value: "length", description: "length of the range's prefix: 16 is 65,536 addresses, the default" },
    preset: {
      choices: ["small", "production", "gpu", "private"],
      description: "what the file contains; by default small",
    },
    yes: { description: "ask nothing, and use the defaults for values that no flag sets" },
    "dry-run": { description: "print the files, and write nothing" },
    today: TODAY,
  },
  examples: [
    [
      "fleet new search.dev.example.com --owner search --account sandbox --tier development --region eu-west-1",
      "a development cluster",
    ],
    ["fleet new vision.dev.example.com --account sandbox --preset gpu --dry-run", "only show the files"],
    [
      "fleet new orders.eks.example.com --owner orders --preset production --region us-east-1",
      "a production cluster in the default account and tier",
    ],
  ],
  run: async (input) => (await import("../../actions/own/new")).run(input),
});

import { defineCommand, TODAY } from "../../shared/command";

export const adopt = defineCommand({
  name: "adopt",
  summary: "take over a running EKS cluster, from an inventory of it",
  details:
    "Writes a definition of the cluster as it is, and the ids of the resources that Terraform imports instead of creating them. Lists everything that the first apply would create or change, and refuses a cluster of which anything would be replaced. Nothing is changed in AWS. --script prints the script that collects the inventory with read-only calls of the AWS CLI.",
  positionals: [{ name: "[cluster]", description: "the name of the cluster at EKS" }],
  flags: {
    inventory: { value: "file", description: "the inventory that the script collected" },
    script: { description: "print the script that collects an inventory, and do nothing else" },
    owner: { value: "team", description: "the team that owns the cluster, and the folder of its file" },
    account: { value: "name", description: "a file of accounts/" },
    tier: { value: "name", description: "a file of tiers/" },
    channel: { value: "name", description: "a channel, or an exact release" },
    "dry-run": { description: "print the files, and write nothing" },
    today: TODAY,
  },
  examples: [
    ["fleet adopt --script > inventory.sh", "the script that collects an inventory"],
    [
      "fleet adopt shop-dev --inventory inventory.json --account sandbox --tier development --dry-run",
      "show what would be imported and changed",
    ],
    [
      "fleet adopt shop-dev --inventory inventory.json --account sandbox --tier development --owner shop",
      "write the definition and the ids",
    ],
  ],
  run: async (input) => (await import("../../actions/own/adopt")).run(input),
});

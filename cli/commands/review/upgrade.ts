import { defineCommand, TODAY } from "../../shared/command";

export const upgrade = defineCommand({
  name: "upgrade",
  summary: "plan the upgrade of a cluster to another Kubernetes version, step by step",
  details:
    "Ends with 2 if the definition uses a removed API or a changed behaviour, or if nodes are too old. docs/operations/upgrade-a-cluster.md explains the steps.",
  positionals: [{ name: "<cluster>", description: "name of the cluster" }],
  flags: {
    to: {
      value: "version",
      description: "Kubernetes minor version, such as 1.36; several minor versions are several rounds",
    },
    write: { description: "set the next minor version in the cluster's file" },
    today: TODAY,
  },
  examples: [
    ["fleet upgrade shop.acme.example.net --to 1.36", "what changes, in which order, and what to check"],
    ["fleet upgrade shop.acme.example.net --to 1.36 --write", "also edit the cluster's file"],
  ],
  run: async (input) => (await import("../../actions/review/upgrade")).run(input),
});

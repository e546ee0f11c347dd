import { defineCommand } from "../../shared/command";

export const explain = defineCommand({
  name: "explain",
  summary: "show who set a key and what it shapes, or which keys shaped a resource",
  details:
    "Finds out what a key shapes by building the cluster in memory with other values of the key. It applies no rules and writes nothing.",
  positionals: [
    { name: "<cluster>", description: "name of the cluster, or a glob that matches one" },
    {
      name: "[key]",
      description: "a key or a section, such as tfvars.cluster.kubernetes_version; by default a summary of all",
    },
  ],
  flags: {
    resource: { value: "address", description: "explain a resource: aws_vpc.network_39EEAA36, or <stack>:<address>" },
  },
  examples: [
    ["fleet explain staging.dev.example.com", "which layer sets how much"],
    ["fleet explain staging.dev.example.com cluster.kubernetes_version", "one key: who set it, and what it shapes"],
    ["fleet explain staging.dev.example.com 'workers[general]'", "every key of a worker group"],
    [
      "fleet explain staging.dev.example.com --resource aws_vpc.network_39EEAA36",
      "one resource: every key that shaped it",
    ],
  ],
  run: async (input) => (await import("../../actions/see/explain")).run(input),
});

import { CLUSTERS, defineCommand, TODAY } from "../../shared/command";

export const cost = defineCommand({
  name: "cost",
  summary: "show the monthly cost of clusters",
  details: `Counts what a new cluster has: control plane, nodes at their first size, root volumes, NAT gateways, addresses, endpoints and keys. All prices
are those of us-east-1, on demand, with the source and the date of each in --json. What has no price here is named.`,
  positionals: [CLUSTERS],
  flags: { today: TODAY },
  examples: [["fleet cost staging.dev.example.com", "each item, and the sum"]],
  run: async (input) => (await import("../../actions/see/cost")).run(input),
});

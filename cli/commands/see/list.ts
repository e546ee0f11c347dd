import { CLUSTERS, defineCommand, TODAY } from "../../shared/command";

export const list = defineCommand({
  name: "list",
  summary: "list clusters with their versions, support and owners",
  details: `A condition compares a column of the list, or a key of the resolved definition such as
tfvars.cluster.kubernetes_version, with a value. Operators: = != < <= > >=. Numbers compare as numbers, versions as
versions. workers[general].max_size is the key of one item. workers.max_size stands for all items: one of them must
meet the condition, and with != all of them. Several conditions must all be met.`,
  positionals: [CLUSTERS],
  flags: {
    tier: { value: "name", description: "clusters of this tier" },
    account: { value: "name", description: "clusters in this account" },
    region: { value: "name", description: "clusters in this region" },
    channel: { value: "name", description: "clusters that follow this channel" },
    release: { value: "name", description: "clusters that use this release" },
    owner: { value: "name", description: "clusters that this team owns" },
    where: { value: "condition", repeat: true, description: "clusters that meet a condition; can be repeated" },
    sort: { value: "key", default: "name", description: "sort by a column or a key; -key sorts descending" },
    today: TODAY,
  },
  examples: [
    ["fleet list", "every cluster"],
    ["fleet list '*.dev.example.com' --sort -kubernetes_version", "matching names, newest Kubernetes first"],
    ["fleet list --tier production --where 'kubernetes_version<1.36'", "production clusters that are not on 1.36"],
    ["fleet list --where workers.capacity_type=SPOT --json", "clusters with spot instances, as JSON"],
  ],
  run: async (input) => (await import("../../actions/see/list")).run(input),
});

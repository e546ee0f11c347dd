import { defineCommand, TODAY } from "../../shared/command";

export const importEksctl = defineCommand({
  name: "import eksctl",
  summary: "describe a cluster of eksctl as a definition",
  details:
    "eksctl's defaults are written out where they differ. Every key that is not translated is listed, with its line and the reason. The definition is written only if it is valid, and its range to ranges.yaml, as fleet new does; --out writes the definition alone, in any case. It describes the same cluster as a new one, and does not take over the cluster that runs.",
  positionals: [{ name: "<file>", description: "a ClusterConfig, in YAML or JSON" }],
  flags: {
    "cluster-name": {
      value: "CLUSTER_NAME",
      description: "the name of the cluster; by default metadata.name, which stays the name at EKS",
    },
    owner: { value: "team", description: "the team that owns the cluster, and the folder of its file" },
    account: { value: "name", description: "a file of accounts/" },
    tier: { value: "name", description: "a file of tiers/" },
    channel: { value: "name", description: "a channel, or an exact release" },
    zones: { value: "zones", description: "the zones that eksctl chose, if its file names none, separated by commas" },
    out: { value: "path", description: "write the definition to this file, even if it has errors" },
    "dry-run": { description: "print the definition, and write nothing" },
    today: TODAY,
  },
  examples: [
    [
      "fleet import eksctl cluster.yaml --account sandbox --tier development --dry-run",
      "print the definition of cluster.yaml",
    ],
    [
      "fleet import eksctl cluster.yaml --account sandbox --tier development --zones eu-west-1a,eu-west-1b,eu-west-1c",
      "write it, with the zones that eksctl chose",
    ],
    ["fleet import eksctl cluster.yaml --out draft.yaml", "write a draft to finish by hand"],
  ],
  run: async (input) => (await import("../../actions/import/eksctl")).run(input),
});

import { defineCommand, TODAY } from "../../shared/command";

export const show = defineCommand({
  name: "show",
  summary: "print the resolved definition of a cluster: all of its layers together",
  details: `The output is a definition in YAML. Values of lower layers that have no effect on the cluster are left out. If the definition has errors, the output has what resolves, the problems are
printed on stderr, and the command ends with 1. A shipped file comes with the program; a file of the same name in the
directory of definitions replaces it, and defaults.yaml adds to it.`,
  positionals: [{ name: "[cluster]", description: "name of the cluster; by default the one in CLUSTER_NAME" }],
  flags: {
    origin: { description: "add the file and line of each value as a comment" },
    layers: {
      description: "list the files that layers are read from, the lowest first; without a cluster, those of the fleet",
    },
    today: TODAY,
  },
  examples: [
    ["fleet show production.eks.example.com", "every value that the cluster has"],
    ["fleet show production.eks.example.com --origin | grep min_size", "where min_size comes from"],
    ["fleet show production.eks.example.com --layers", "which files are read, and which come with the program"],
    ["fleet show --layers", "the same for all clusters"],
  ],
  run: async (input) => (await import("../../actions/see/show")).run(input),
});

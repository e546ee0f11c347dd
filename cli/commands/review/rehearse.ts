import { CLUSTERS, defineCommand, NO_CACHE, TODAY } from "../../shared/command";

export const rehearse = defineCommand({
  name: "rehearse",
  summary: "apply a change with the real Terraform to a simulated cloud",
  details: `Applies the stacks of the base, then plans and applies the change on top of them, and plans again. A new cluster is applied from nothing,
and a removed one is destroyed. No credentials are used. Without a cluster, it rehearses every cluster that changes.`,
  positionals: [CLUSTERS],
  flags: {
    base: {
      value: "ref",
      description:
        'commit to apply first; by default the merge base with origin/main or main. "none" applies every cluster from nothing',
    },
    limit: { value: "number", default: "8", description: "most clusters that a run without names rehearses" },
    "no-cache": NO_CACHE,
    today: TODAY,
  },
  examples: [
    ["fleet rehearse staging.dev.example.com", "what this branch does to the cluster"],
    ["fleet rehearse --base v1.4.0", "every cluster that changed since a tag"],
    ["fleet rehearse mine.dev.example.com --base none", "the whole cluster, from nothing"],
  ],
  run: async (input) => (await import("../../actions/review/rehearse")).run(input),
});

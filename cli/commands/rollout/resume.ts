import { defineCommand } from "../../shared/command";
import { PERSON, ROLLOUT } from "./flags";

export const rolloutResume = defineCommand({
  name: "rollout resume",
  summary: "lift a halt, and try failed or inconclusive clusters again",
  details: `With the name of a wave, lifts its halt and tries its failed clusters again; with the name of a cluster, that cluster only; without
a name, a halt of all waves. With --keep, the clusters stay as they are until their definition or release changes, and the rollout goes on without them.`,
  positionals: [{ name: "[name]", description: "a wave or a cluster" }],
  flags: {
    keep: { description: "go on without the failed clusters instead of trying them again" },
    record: { value: "id", description: "lift one record, such as one whose clock was wrong" },
    ...PERSON,
    ...ROLLOUT,
  },
  examples: [
    ["fleet rollout resume shop.acme.example.net --who kim --reason 'the quota was raised'", "tries the cluster again"],
    [
      "fleet rollout resume staging --keep --who kim --reason 'broken before, tracked in OPS-12'",
      "continues without its failed clusters",
    ],
  ],
  run: async (input) => (await import("../../actions/rollout/resume")).run(input),
});

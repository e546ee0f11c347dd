import { defineCommand } from "../../shared/command";
import { PERSON, ROLLOUT } from "./flags";

export const rolloutApprove = defineCommand({
  name: "rollout approve",
  summary: "let a wave begin with a release, or judge an inconclusive cluster to be healthy",
  positionals: [{ name: "<name>", description: "a wave, or a cluster that is inconclusive" }],
  flags: {
    release: {
      value: "release",
      description: "for a wave: the release; by default the only one that its clusters wait for",
    },
    ...PERSON,
    ...ROLLOUT,
  },
  examples: [
    [
      "fleet rollout approve production --release 2026.12 --who kim --reason 'reviewed with the shop team'",
      "lets the wave begin",
    ],
    [
      "fleet rollout approve shop.acme.example.net --who kim --reason 'looked at nodes and alerts'",
      "the cluster is healthy",
    ],
  ],
  run: async (input) => (await import("../../actions/rollout/approve")).run(input),
});

import { defineCommand } from "../../shared/command";
import { ROLLOUT } from "./flags";

export const rolloutStatus = defineCommand({
  name: "rollout status",
  summary: "show how far every wave is, and what waits for a person",
  details:
    "Ends with 2 if something waits for a person: a failed or inconclusive cluster, a halt, or a missed sla_days.",
  flags: ROLLOUT,
  examples: [["fleet rollout status", "waves, clusters under way, and what to do"]],
  run: async (input) => (await import("../../actions/rollout/status")).run(input),
});

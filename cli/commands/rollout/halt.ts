import { defineCommand } from "../../shared/command";
import { PERSON, ROLLOUT } from "./flags";

export const rolloutHalt = defineCommand({
  name: "rollout halt",
  summary: "start no cluster of a wave and of later waves until a person resumes",
  details: "Changes that have started are finished.",
  positionals: [{ name: "[wave]", description: "name of a wave; by default all waves" }],
  flags: { ...PERSON, ...ROLLOUT },
  examples: [["fleet rollout halt --who kim --reason 'the network provider has an outage'", "halts all waves"]],
  run: async (input) => (await import("../../actions/rollout/halt")).run(input),
});

import { defineCommand } from "../../shared/command";
import { PERSON, ROLLOUT } from "./flags";

export const rolloutRecord = defineCommand({
  name: "rollout record",
  summary: "record how a change of a cluster ended, or whether the cluster is healthy",
  details: `succeeded, failed and inconclusive end a change that fleet rollout next --claim started; only its runner can record them, or a person
with --who and --reason. A person can also record a change that no runner started. running renews the lease of the runner. health runs
the health checks of the cluster's wave and records what they saw; it ends with 2 unless all are healthy. unhealthy records what something else saw.`,
  positionals: [
    { name: "<cluster>", description: "name of the cluster" },
    {
      name: "<result>",
      description: "what is recorded",
      choices: ["succeeded", "failed", "inconclusive", "running", "health", "unhealthy"],
    },
  ],
  flags: {
    runner: { value: "id", description: "the runner that started the change" },
    plan: { value: "digest", description: "digest of the plans that were applied" },
    detail: { value: "text", description: "what happened, in one line. Recorded" },
    ...PERSON,
    ...ROLLOUT,
  },
  examples: [
    ["fleet rollout record shop.acme.example.net succeeded --runner job-4711", "the change is applied"],
    ["fleet rollout record shop.acme.example.net health --runner job-4711", "runs the health checks"],
    [
      "fleet rollout record shop.acme.example.net failed --who kim --reason 'the runner was stopped by hand'",
      "a person saw it",
    ],
  ],
  run: async (input) => (await import("../../actions/rollout/record")).run(input),
});

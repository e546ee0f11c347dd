import { defineCommand } from "../../shared/command";
import { PERSON, ROLLOUT } from "./flags";

export const rolloutNext = defineCommand({
  name: "rollout next",
  summary: "decide for each cluster whether it may change now: go, wait, done, failed or halted",
  details: `Decides by definitions/rollouts.yaml, the records and the time. Nothing is changed without --claim, which starts clusters for a
runner: it records the start, and no other runner can start the same cluster. The runner then deploys the cluster, and records how it
ended with fleet rollout record.`,
  positionals: [{ name: "[clusters...]", description: "names or globs of clusters; by default all" }],
  flags: {
    claim: { description: "start clusters for the runner, the first ones by their order" },
    runner: { value: "id", description: "with --claim: names the runner, such as the address of a CI job" },
    most: { value: "number", default: "1", description: "with --claim: clusters to start at most" },
    emergency: {
      description:
        "pass windows and soak for the named clusters. The guard, halts and limits still hold. Requires --who, --reason and --until",
    },
    until: { value: "time", description: "with --emergency: its end, at most 24 hours away" },
    ...PERSON,
    ...ROLLOUT,
  },
  examples: [
    ["fleet rollout next", "what may start now, and why others wait"],
    ["fleet rollout next --claim --runner job-4711 --json", "starts the next cluster for a CI job"],
    [
      "fleet rollout next shop.acme.example.net --emergency --who kim --reason 'CVE-2026-1234' --until 2026-11-30T18:00:00Z",
      "lets a cluster change outside of its windows",
    ],
  ],
  run: async (input) => (await import("../../actions/rollout/next")).run(input),
});

import { CLUSTERS, defineCommand, TODAY } from "../../shared/command";

export const upgradeCheck = defineCommand({
  name: "upgrade-check",
  summary: "show what another version of the program would change, without installing it",
  details: `Synthesizes the same definitions and extensions with both versions and compares the stacks, as fleet diff does. Also shows
what the other version refuses or warns about, and what its changelog says.
A version is fetched by npm pack, and kept in .fleet/programs.`,
  positionals: [CLUSTERS],
  flags: {
    to: {
      value: "version",
      description: "a version, a file of npm pack, or a folder; by default the newest version of the registry",
    },
    today: TODAY,
  },
  examples: [
    ["fleet upgrade-check", "every cluster, with the newest version"],
    ["fleet upgrade-check 'staging.*' --to 0.2.0", "some clusters, with a version"],
    ["fleet upgrade-check --to ../cluster-fleet-0.2.0.tgz", "with a packed file"],
  ],
  run: async (input) => (await import("../../actions/review/upgrade-check")).run(input),
});

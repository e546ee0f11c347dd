import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { SAMPLE_FLEET } from "./sample-fleet";

/** A small fleet in three waves, with windows and a pair of clusters that must not change together. */
const ROLLOUT_FLEET = "__tests__/fleets/rollouts";

/** Returns a directory with a copy of the fleet, whose records are in the copy too. */
export function copyRolloutFleet(): string {
  const directory = mkdtempSync(join(tmpdir(), "rollout-fleet-"));
  for (const part of ["accounts", "tiers"])
    cpSync(join(SAMPLE_FLEET, part), join(directory, part), { recursive: true });
  cpSync(ROLLOUT_FLEET, directory, { recursive: true });
  const file = join(directory, "rollouts.yaml");
  const records = relative(process.cwd(), join(directory, "records"));
  writeFileSync(file, readFileSync(file, "utf8").replace("records: .fleet/rollouts", `records: ${records}`));
  return directory;
}

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../fleet/load";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { TODAY } from "./definitions";
import { SAMPLE_FLEET } from "./sample-fleet";

/**
 * Synthesizes definitions in this process, for tests of what is in the stacks: `synthesizeFleet`, which does it as a user does, starts
 * several processes.
 */
export function synthesize(outdir: string, definitions = SAMPLE_FLEET, select?: string): void {
  mkdirSync(join(outdir, "stacks"), { recursive: true });
  const { clusters } = loadFleet({ directory: definitions, shipped: "definitions", select, today: TODAY });
  for (const cluster of clusters) synthesizeCluster(cluster, outdir);
}

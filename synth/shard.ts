import { synthesizeCluster } from "./synthesize-cluster";
import type { ShardRequest } from "./synthesizer";

/** A process that a `Synthesizer` shares its work with: builds what it is sent, and ends when the sender lets go. */
process.on("message", ({ clusters, outdir }: ShardRequest) => {
  process.send?.(clusters.map((cluster) => synthesizeCluster(cluster, outdir)));
});

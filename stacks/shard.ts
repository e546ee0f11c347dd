import { type ShardRequest, synthesizeCluster } from "./synthesize";

/** The other end of `share`: builds what it is sent, and ends when the sender lets go. */
process.on("message", ({ clusters, outdir }: ShardRequest) => {
  process.send?.(clusters.map((cluster) => synthesizeCluster(cluster, outdir)));
});

import { synthesizeCluster } from "./synthesize-cluster";
import type { ShardReply, ShardRequest } from "./synthesizer";

/** A process that a `Synthesizer` shares its work with: builds what it is sent, and ends when the sender lets go. */
process.on("message", ({ clusters, outdir }: ShardRequest) => {
  process.send?.(reply(() => clusters.map((cluster) => synthesizeCluster(cluster, outdir))));
});

// Ctrl-C is sent to every process of the terminal, and the sender ends this one.
process.on("SIGINT", () => {});

function reply(build: () => Extract<ShardReply, { manifests: unknown }>["manifests"]): ShardReply {
  try {
    return { manifests: build() };
  } catch (error) {
    const { cause, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    return { failed: { ...(error as object), message, stack, cause } };
  }
}

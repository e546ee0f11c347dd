import { buildCluster } from "./build-cluster";
import { programFingerprint } from "./fingerprint";
import type { ShardReply, ShardRequest } from "./shards";
import { OutputStore } from "./store";
import { OutputError } from "./whole-output";

/** A process that a `Synthesizer` shares its work with: builds what it is sent, and ends when the sender lets go. */
process.on("message", ({ clusters, outdir, store }: ShardRequest) => {
  process.send?.(reply(() => clusters.map((cluster) => buildCluster(cluster, outdir, sameStore(store)))));
});

// Ctrl-C is sent to every process of the terminal, and the sender ends this one.
process.on("SIGINT", () => {});

/** The sender has read the outputs of its own code: those of any other code must not be mixed with them. */
function sameStore(store: ShardRequest["store"]): OutputStore | undefined {
  if (store === undefined) return undefined;
  if (store.program !== programFingerprint())
    throw new OutputError("the program's files changed while it ran. Run the command again");
  return new OutputStore(store.directory, store.program);
}

function reply(build: () => Extract<ShardReply, { manifests: unknown }>["manifests"]): ShardReply {
  try {
    return { manifests: build() };
  } catch (error) {
    const { cause, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    return { failed: { ...(error as object), message, stack, cause } };
  }
}

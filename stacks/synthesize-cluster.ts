import { App } from "cdktf";
import type { Cluster } from "../fleet/cluster";
import { addClusterStacks } from "./cluster-stacks";

/** What cdktf's commands need to know of the stacks that were written. */
export type StackManifest = ReturnType<App["manifest"]["buildManifest"]>;

/** Builds one cluster's stacks into the output directory. */
export function synthesizeCluster(cluster: Cluster, outdir: string): StackManifest {
  return withoutTraces(() => {
    // An app a cluster: one for all would keep every construct of the fleet alive.
    const app = new App({ outdir, stackTraces: false });
    addClusterStacks(app, cluster);
    app.synth();
    return app.manifest.buildManifest();
  });
}

/**
 * cdktf captures a stack trace for every token, a quarter of the whole synth time, and has no setting against it; nobody sees
 * one, because errors name the construct. V8's hook for it rests while a cluster is built; errors keep their own traces.
 */
function withoutTraces<Result>(build: () => Result): Result {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => {};
  try {
    return build();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}

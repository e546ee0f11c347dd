import { App } from "cdktf";
import { withoutTraces } from "../cdktf/without-traces";
import type { Cluster } from "../fleet/model/cluster";
import { addClusterStacks } from "../stacks/cluster-stacks";

/** Facts about the written stacks that cdktf's commands require. */
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

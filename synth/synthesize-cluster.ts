import { App } from "cdktf";
import { withoutTraces } from "../cdktf/without-traces";
import type { Cluster } from "../fleet/model/cluster";
import { extensionErrorOf } from "../language/extensions/run";
import { AdoptionError } from "../stacks/adoption";
import { addClusterStacks } from "../stacks/cluster-stacks";
import { isOfSystem, OutputError } from "./whole-output";

/** Facts about the written stacks that cdktf's commands require. */
export type StackManifest = ReturnType<App["manifest"]["buildManifest"]>;

/** Builds one cluster's stacks into the output directory. */
export function synthesizeCluster(cluster: Cluster, outdir: string): StackManifest {
  try {
    return withoutTraces(() => {
      // An app a cluster: one for all would keep every construct of the fleet alive.
      const app = new App({ outdir, stackTraces: false });
      addClusterStacks(app, cluster);
      app.synth();
      return app.manifest.buildManifest();
    });
  } catch (error) {
    if (isOfSystem(error)) throw error;
    if (error instanceof AdoptionError) throw new OutputError(error.message, { cause: error });
    const ofExtension = extensionErrorOf(error, `${cluster.name} cannot be synthesized`);
    if (ofExtension !== undefined) throw new OutputError(ofExtension.message, { cause: error });
    const message = `${cluster.name} cannot be synthesized: ${error instanceof Error ? error.message : error}`;
    throw new OutputError(`${message}. This is a defect of the program. Run it with DEBUG=1 for the details`, {
      cause: error,
    });
  }
}

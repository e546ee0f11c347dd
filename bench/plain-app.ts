import { App } from "cdktf";
import { loadFleet } from "../fleet/load";
import { ClusterStack } from "../stacks/cluster-stack";
import { addClusterStacks } from "../stacks/cluster-stacks";

/** What a cdktf program does by default: one App for everything, in one process, with cdktf's own settings. */
const { clusters } = loadFleet({
  directory: process.env["DEFINITIONS_DIR"] ?? "definitions",
  shipped: "definitions",
  today: new Date().toISOString().slice(0, 10),
});
Reflect.deleteProperty(ClusterStack.prototype, "prepareStack"); // cdktf's own comes back
const app = new App({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" });
for (const cluster of clusters) addClusterStacks(app, cluster);
app.synth();

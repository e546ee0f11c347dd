import { App } from "cdktf";
import { loadFleet } from "../fleet/load";
import { ClusterStack, TERRAFORM_SETTINGS } from "../stacks/cluster-stack";
import { addClusterStacks } from "../stacks/cluster-stacks";

/** A cdktf program with default settings: one App for everything, in one process. */
const { clusters } = loadFleet({
  directory: process.env["DEFINITIONS_DIR"] ?? "definitions",
  shipped: "definitions",
  today: new Date().toISOString().slice(0, 10),
});
for (const ours of ["prepareStack", "toTerraform"]) Reflect.deleteProperty(ClusterStack.prototype, ours); // cdktf's own come back
const app = new App({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" });
for (const cluster of clusters) {
  for (const stack of Object.values(addClusterStacks(app, cluster))) stack.addOverride("terraform", TERRAFORM_SETTINGS);
}
app.synth();

import { loadFleet } from "../../fleet/load";
import { changedClusters, removedStacks } from "./changed-clusters";

/** GitHub starts no more jobs from one matrix. */
const MATRIX_LIMIT = 256;

// Prints the outputs of a workflow's step: `clusters`, a matrix, and `removed`.
const [head = "", base = ""] = process.argv.slice(2);
const { clusters } = loadFleet({
  directory: process.env["DEFINITIONS_DIR"] ?? "definitions",
  shipped: "definitions",
  today: new Date().toISOString().slice(0, 10),
});
const changed = changedClusters(clusters, { head, base });
const left = changed.length - MATRIX_LIMIT;
if (left > 0) console.error(`::warning::${changed.length} clusters change, and ${left} of them are not planned`);
console.log(`clusters=${JSON.stringify(changed.slice(0, MATRIX_LIMIT))}`);
console.log(`removed=${removedStacks({ head, base }).join(" ")}`);

import { loadFleet } from "../../fleet/load";
import { clustersToPlan, removedStacks } from "./clusters-to-plan";

/** GitHub starts no more jobs from one matrix. */
const MATRIX_LIMIT = 256;

// Prints the outputs of a workflow's step: `clusters`, a matrix, and `removed`.
const [head = "", base = ""] = process.argv.slice(2);
const { clusters } = loadFleet({
  directory: process.env["DEFINITIONS_DIR"] ?? "definitions",
  shipped: "definitions",
  today: new Date().toISOString().slice(0, 10),
});
const onlyChanged = process.env["PLAN_ONLY_CHANGED"] === "true";
const planned = clustersToPlan(clusters, { head, base }, { onlyChanged });
const left = planned.length - MATRIX_LIMIT;
if (left > 0) console.error(`::warning::${planned.length} clusters are to be planned, and ${left} of them are not`);
console.log(`clusters=${JSON.stringify(planned.slice(0, MATRIX_LIMIT))}`);
console.log(`removed=${removedStacks({ head, base }).join(" ")}`);

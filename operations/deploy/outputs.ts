import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap } from "../../language/plain-map";
import type { PlanJson } from "../../offline/terraform";
import type { Diagnostic } from "./report";
import type { Outputs } from "./stream";

/** Returns the outputs that the stack in a folder declares. */
export function declaredOutputs(directory: string): string[] {
  const stack: unknown = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
  const outputs = isMap(stack) ? stack["output"] : undefined;
  return isMap(outputs) ? Object.keys(outputs) : [];
}

/** Returns the outputs of a plan, with the values that they have after it. */
export function plannedOutputs({ planned_values }: PlanJson): Outputs {
  const outputs = isMap(planned_values) ? planned_values["outputs"] : undefined;
  return isMap(outputs) ? outputs : {};
}

/** Returns an error if an output has no value: the stacks that read it would fail later, far from the cause. */
export function missingOutputs(declared: readonly string[], outputs: Outputs): Diagnostic[] {
  const missing = declared.filter((name) => {
    const output = outputs[name];
    // The stream of an apply leaves out the values of sensitive outputs.
    return !isMap(output) || ((output["value"] ?? null) === null && output["sensitive"] !== true);
  });
  if (missing.length === 0) return [];
  const summary = `the outputs ${missing.join(", ")} have no value, and the stacks after this one read them`;
  return [{ summary, detail: "", address: null, lines: [] }];
}

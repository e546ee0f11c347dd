import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes the imports of a copied stack. They name objects of the real cloud, which the simulated cloud does not have: a rehearsal creates
 * the resources instead.
 */
export function removeImports(directory: string): void {
  const file = join(directory, "cdk.tf.json");
  const { import: imports, ...rest } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  if (imports !== undefined) writeFileSync(file, JSON.stringify(rest));
}

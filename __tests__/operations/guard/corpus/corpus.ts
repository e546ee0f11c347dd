import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { Json } from "./extra-stack";

/** The plans of all cases. Most of them share nearly all of their text, so they are compressed together. */
const FILE = "__tests__/operations/guard/corpus/plans.json.br";

export function readCorpus(): Readonly<Record<string, Json>> {
  if (!existsSync(FILE)) return {};
  return JSON.parse(brotliDecompressSync(readFileSync(FILE)).toString("utf8")) as Record<string, Json>;
}

export function writeCorpus(plans: Readonly<Record<string, Json>>): void {
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 9,
  };
  writeFileSync(FILE, brotliCompressSync(Buffer.from(JSON.stringify(plans)), { params }));
}

/** Keeps what the guard reads of a plan: the rest repeats it. */
export function withoutRepetitions(plan: Json): Json {
  const {
    planned_values: _values,
    prior_state: _state,
    relevant_attributes: _attributes,
    configuration,
    ...rest
  } = plan;
  const providers = (configuration as Json | undefined)?.["provider_config"];
  return { ...rest, configuration: { provider_config: providers } };
}

/** The plan of docs/guard.md, with what changes alone. */
export const EXAMPLE_FILE = "docs/examples/guard/staging-dev-example-com-addons.json";

export function exampleText(plan: Json): string {
  const changes = (plan["resource_changes"] as { readonly change: { readonly actions: readonly string[] } }[]).filter(
    ({ change }) => change.actions.join() !== "no-op",
  );
  return `${JSON.stringify({ ...plan, resource_changes: changes }, null, 2)}\n`;
}

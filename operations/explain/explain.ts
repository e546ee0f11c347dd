import type { LoadOptions } from "../../fleet/load";
import { withScratch } from "../../synth/render-cluster";
import { explainKey } from "./explain-key";
import { explainResource } from "./explain-resource";
import { openCluster } from "./open-cluster";
import type { ExplainReport } from "./report";
import { summaryOf } from "./summary";
import { WhatIf } from "./what-if";

/** Subject of the explanation: a key, a resource, or by default the layers. */
export interface Question {
  readonly path?: string | undefined;
  readonly resource?: string | undefined;
}

/**
 * Explains one cluster.
 *
 * @throws DefinitionError if a definition has an error, ExpectedError if the question has one
 */
export function explain(
  options: LoadOptions & { readonly select: string },
  { path, resource }: Question,
): ExplainReport {
  const open = openCluster(options);
  if (path === undefined && resource === undefined) return { version: 1, answer: summaryOf(open) };
  return withScratch((scratch) => {
    const whatIf = new WhatIf(open, scratch);
    const answer =
      resource === undefined ? explainKey(open, whatIf, path ?? "") : explainResource(open, whatIf, resource);
    return { version: 1, answer };
  });
}

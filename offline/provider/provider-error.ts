import type { Diagnostic, Step } from "../wire/protocol";

/** A refusal that Terraform is to print as it stands: what a real provider would say, or a failure that was asked for. */
export class ProviderError extends Error {
  constructor(
    readonly summary: string,
    readonly detail = "",
    readonly path: readonly Step[] = [],
  ) {
    super(summary);
  }
}

/** Whatever was thrown, as a diagnostic: never with a stack, which says nothing to a user of Terraform. */
export function diagnosticOf(error: unknown, doing: string): Diagnostic {
  if (error instanceof ProviderError) {
    const { summary, detail, path } = error;
    return { severity: 1, summary, detail, ...(path.length === 0 ? {} : { attribute: { steps: path } }) };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { severity: 1, summary: `The offline provider failed in ${doing}`, detail };
}

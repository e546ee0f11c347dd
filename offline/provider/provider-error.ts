import type { Diagnostic, Step } from "../wire/protocol";

/** An error that Terraform prints unchanged: an error of the real provider, or a requested failure. */
export class ProviderError extends Error {
  constructor(
    readonly summary: string,
    readonly detail = "",
    readonly path: readonly Step[] = [],
  ) {
    super(summary);
  }
}

/** Returns a diagnostic for anything thrown. It has no stack, which would not help a user of Terraform. */
export function diagnosticOf(error: unknown, doing: string): Diagnostic {
  if (error instanceof ProviderError) {
    const { summary, detail, path } = error;
    return { severity: 1, summary, detail, ...(path.length > 0 && { attribute: { steps: path } }) };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { severity: 1, summary: `The offline provider failed in ${doing}`, detail };
}

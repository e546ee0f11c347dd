/** One form of a secret that can be recognized wherever text is. */
export interface SecretRule {
  readonly id: string;
  /** Completes "looks like …". */
  readonly what: string;
  /** The secret itself is the group `value`, or else the whole match. */
  readonly shape: RegExp;
  /** Where the form is described. */
  readonly source: string;
  /** Text that must match and text that must not, in the notation of `__tests__/support/secret-examples.ts`. */
  readonly like: string;
  readonly unlike: string;
  /** The alternative to a secret in a definition. */
  readonly instead: string;
  /** True if the text that the group `value` matched protects something. By default, all that is not a reference. */
  readonly counts?: (value: string) => boolean;
}

export type SecretKind = Pick<SecretRule, "what" | "instead">;

export const IN_SECRETS_MANAGER = "Keep it in AWS Secrets Manager, and read it from there";
export const BY_ROLE = "Give access by a role: `roles` of the account's file for Terraform, EKS Pod Identity for pods";
export const BY_CERT_MANAGER = "Let cert-manager issue it, or keep it in AWS Secrets Manager and read it from there";

/** A line of a table of tokens. */
export type TokenRow = readonly [id: string, what: string, shape: RegExp, like: string, unlike: string];

export function tokenRules(source: string, rows: readonly TokenRow[], instead = IN_SECRETS_MANAGER): SecretRule[] {
  return rows.map(([id, what, shape, like, unlike]) => ({ id, what, shape, source, like, unlike, instead }));
}

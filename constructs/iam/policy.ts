import { given } from "../../language/given";
import { inKeyOrder } from "../../language/plain-map";
import type { PolicyStatement } from "../../language/words/iam";

/** A statement in the spelling of IAM's own documents. */
export interface PolicyDocumentStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export function documentStatement({
  sid,
  effect,
  actions,
  resources,
  condition,
}: PolicyStatement): PolicyDocumentStatement {
  return {
    ...given({ Sid: sid }),
    Effect: effect ?? "Allow",
    Action: actions,
    Resource: resources,
    ...given({ Condition: condition }),
  };
}

/**
 * Returns a policy document as text. ARNs in it should be written out, not referred to: cdktf searches the whole text for
 * tokens, at a cost that grows with the square of its length.
 */
export function policyJson(statements: readonly PolicyDocumentStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Returns a definition's statements as a policy document: `${aws:username}` in them is IAM's, not Terraform's. */
export function grantedJson(statements: readonly PolicyStatement[]): string {
  const ordered = statements.map(({ condition, ...rest }) => ({
    ...rest,
    ...given({ condition: condition && inKeyOrder(condition) }),
  }));
  return policyJson(ordered.map(documentStatement))
    .replaceAll("${", () => "$${")
    .replaceAll("%{", () => "%%{");
}

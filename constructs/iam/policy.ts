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
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect ?? "Allow",
    Action: actions,
    Resource: resources,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/**
 * A policy document as text. ARNs in it are better written out than referred to: cdktf searches the whole text for tokens, at a
 * cost that grows with the square of its length.
 */
export function policyJson(statements: readonly PolicyDocumentStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

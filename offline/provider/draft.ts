import { createHash } from "node:crypto";
import type { ObjectValue, Value } from "../wire/values";
import type { IdentityContext } from "./identity-rules";
import { dnsSuffixOf, partitionOf, type Scope } from "./scope";

/** An unfinished object: its settled attributes, and the means to invent the others. */
export interface Draft extends IdentityContext {
  readonly type: string;
  readonly scope: Scope;
  /** Settled attributes; all others are still unknown. */
  readonly state: ObjectValue;
  /** State of the object before a change. */
  readonly prior: ObjectValue | null;
  readonly related: Related;
}

/** Finds another object by one of its attributes. */
export type Related = (type: string, attribute: string, value: string | undefined) => ObjectValue | undefined;

/** Invents the value of one attribute. */
export type Invention = (draft: Draft) => Value;

/** Returns hexadecimal digits that depend on the object and on their purpose only. */
export function digits({ token }: Pick<IdentityContext, "token">, purpose: string, count: number): string {
  return createHash("sha256").update(`${token}/${purpose}`).digest("hex").slice(0, count);
}

/** Returns a number below a limit that depends on the object and its purpose only. */
export function below(draft: Pick<IdentityContext, "token">, purpose: string, limit: number): number {
  return Number.parseInt(digits(draft, purpose, 8), 16) % limit;
}

/** Returns text in the form of a UUID version 4 that depends on the object and its purpose only. */
export function uuid(draft: Pick<IdentityContext, "token">, purpose: string): string {
  const hex = digits(draft, purpose, 32);
  const variant = "89ab"[below(draft, `${purpose}/variant`, 4)];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}

/** Starts a draft. Its token is a hash of everything that distinguishes the object. */
export function draftOf(
  type: string,
  scope: Scope,
  state: ObjectValue,
  prior: ObjectValue | null,
  identity: string,
  related: Related = () => undefined,
): Draft {
  const region = typeof state["region"] === "string" && scope.provider === "aws" ? state["region"] : scope.region;
  return {
    type,
    scope,
    state,
    prior,
    related,
    account: scope.account,
    region,
    partition: partitionOf(region),
    dnsSuffix: dnsSuffixOf(region),
    token: createHash("sha256")
      .update(JSON.stringify([type, scope.account, region, scope.cluster, identity]))
      .digest("hex"),
  };
}

/** Returns the text of a settled attribute, or an empty text. */
export function textOf({ state }: Pick<Draft, "state">, name: string): string {
  const value = state[name];
  return typeof value === "string" ? value : "";
}

import { createHash } from "node:crypto";
import type { ObjectValue, Value } from "../wire/values";
import type { IdentityContext } from "./identity";
import { dnsSuffixOf, partitionOf, type Scope } from "./scope";

/** An object on its way into being: what is settled of it, and the means to invent the rest. */
export interface Draft extends IdentityContext {
  readonly type: string;
  readonly scope: Scope;
  /** The attributes settled so far; the rest are still unknown. */
  readonly state: ObjectValue;
  /** What the object was before a change. */
  readonly prior: ObjectValue | null;
  readonly related: Related;
}

/** Finds another object that exists, by one of its attributes. */
export type Related = (type: string, attribute: string, value: string | undefined) => ObjectValue | undefined;

/** Invents the value of one attribute. */
export type Invention = (draft: Draft) => Value;

/** Hexadecimal digits that depend on the object and on the purpose they are for, and on nothing else. */
export function digits({ token }: Pick<IdentityContext, "token">, purpose: string, count: number): string {
  return createHash("sha256").update(`${token}/${purpose}`).digest("hex").slice(0, count);
}

/** A number below a limit, made as digits are. */
export function below(draft: Pick<IdentityContext, "token">, purpose: string, limit: number): number {
  return Number.parseInt(digits(draft, purpose, 8), 16) % limit;
}

/** A UUID of version 4 in form, made as digits are. */
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

/** Starts a draft; the token is a hash of everything that makes the object this one and no other. */
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

/** The text of a settled attribute, or nothing. */
export function textOf({ state }: Pick<Draft, "state">, name: string): string {
  const value = state[name];
  return typeof value === "string" ? value : "";
}

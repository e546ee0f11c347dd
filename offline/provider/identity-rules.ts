import type { ObjectValue } from "../wire/values";

/** Inputs of a rule: the settled attributes, and the place in which the object is created. */
export interface IdentityContext {
  readonly account: string;
  readonly region: string;
  readonly dnsSuffix: string;
  readonly partition: string;
  /** Returns hexadecimal digits that belong to this object only. */
  readonly token: string;
}

export type Rule = (state: ObjectValue, context: IdentityContext) => string;

/** Names and ids by which the objects of a type differ. */
export interface Identity {
  /** Returns the `id`; by default a prefix and 17 hexadecimal digits. */
  readonly id?: Rule;
  /** Returns the name that must be unique in one place of the store; by default the id. */
  readonly unique?: Rule;
  /** Returns the argument of `terraform import` if it is not the id. */
  readonly importId?: Rule;
  /** Message of the API for a name that already exists. */
  readonly taken?: string;
}

export const text = (state: ObjectValue, name: string): string => String(state[name] ?? "");
export const attribute =
  (name: string): Rule =>
  (state) =>
    text(state, name);
export const joined =
  (separator: string, ...names: string[]): Rule =>
  (state) =>
    names
      .map((name) => text(state, name))
      .filter((part) => part !== "")
      .join(separator);

export const named = (name: string, taken: string): Identity => ({ id: attribute(name), taken });
export const child = (separator: string, names: readonly string[], taken: string): Identity => ({
  id: joined(separator, ...names),
  taken,
});

export const NONE: IdentityContext = { account: "", region: "", dnsSuffix: "", partition: "", token: "" };

import { given } from "../../../language/given";

/** A statement of a definition. */
export interface Statement {
  readonly sid?: string;
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** Returns the statements of an IAM policy; undefined if it has an element that a definition has not, such as NotAction. */
export function statementsOf(policy: unknown): readonly Statement[] | undefined {
  const statements = listOf((policy as Json)["Statement"]);
  if (statements.length === 0) return undefined;
  const translated = statements.map(statementOf);
  return translated.every((each) => each !== undefined) ? translated : undefined;
}

function statementOf(statement: unknown): Statement | undefined {
  if (typeof statement !== "object" || statement === null) return undefined;
  const { Sid, Effect, Action, Resource, Condition, ...others } = statement as Json;
  if (Object.keys(others).length > 0 || Action === undefined || Resource === undefined) return undefined;
  return {
    ...given({ sid: Sid as string | undefined }),
    ...(Effect === "Deny" && { effect: "Deny" as const }),
    actions: listOf(Action).map(String),
    resources: listOf(Resource).map(String),
    ...given({ condition: Condition }),
  };
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

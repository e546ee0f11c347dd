import { isMap } from "../../../language/plain-map";
import { matchesWildcards } from "../../../language/wildcard";
import { field, items, stableText, texts } from "../../plans/json";
import type { PolicyKind } from "../../policies/policy-keys";
import { type Conditions, loosenedCondition } from "./policy-conditions";

/** One statement of an IAM policy, in one spelling. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** `NotAction`, `NotResource` and `NotPrincipal`, which match everything else; empty if there are none. */
  readonly exceptions: string;
  /** `operator key` -> values. */
  readonly conditions: Conditions;
}

/** Returns the statements of a policy; undefined if the value is not a policy. */
export function statementsOf(policy: unknown): readonly Statement[] | undefined {
  const document = typeof policy === "string" ? parsed(policy) : policy;
  const statements = field(document, "Statement");
  if (statements === undefined) return undefined;
  return listOf(statements).filter(isMap).map(statementOf);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function statementOf(statement: unknown): Statement {
  const nots = ["NotAction", "NotResource", "NotPrincipal"].flatMap((key) => {
    const value = field(statement, key);
    return value === undefined ? [] : [`${key} ${stableText(sorted(value))}`];
  });
  const of = (key: string): string[] => {
    const own = words(field(statement, key));
    return own.length === 0 && nots.some((not) => not.startsWith(`Not${key} `)) ? ["*"] : own;
  };
  return {
    allows: field(statement, "Effect") !== "Deny",
    actions: of("Action").map((action) => action.toLowerCase()),
    resources: of("Resource"),
    principals: principalsOf(field(statement, "Principal"), nots),
    exceptions: nots.join(", "),
    conditions: conditionsOf(field(statement, "Condition")),
  };
}

function principalsOf(principal: unknown, nots: readonly string[]): readonly string[] {
  if (nots.some((not) => not.startsWith("NotPrincipal "))) return ["*"];
  if (principal === "*") return ["*"];
  if (!isMap(principal)) return [];
  return Object.keys(principal).flatMap((kind) =>
    words(principal[kind]).map((name) => (kind === "AWS" ? accountRoot(name) : `${kind}:${name}`)),
  );
}

/** AWS writes an account as its root user. */
function accountRoot(name: string): string {
  return /^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
}

function conditionsOf(condition: unknown): Conditions {
  const found = new Map<string, readonly string[]>();
  if (!isMap(condition)) return found;
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isMap(keys)) continue;
    for (const [key, values] of Object.entries(keys))
      found.set(`${operator.toLowerCase()} ${key.toLowerCase()}`, words(values).sort());
  }
  return found;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const words = (value: unknown): string[] => texts(listOf(value).map((each) => (isScalar(each) ? String(each) : each)));
const isScalar = (value: unknown) => typeof value === "boolean" || typeof value === "number";
const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? [...value].sort() : isMap(value) ? mapOf(value) : [value];
const mapOf = (value: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, items(sorted(each))]));

/** Actions that read the names and settings of resources, which AWS cannot restrict to some of them. */
const LOOKS = /^(?:[a-z0-9-]+:(?:describe|list)|ec2:get)[a-z0-9*]*$/;
/** `*`, and ARNs that name nothing but a service, an account and a kind: `arn:aws:s3:::*`, `arn:aws:iam::1:role/*`. */
const EVERY_RESOURCE =
  /^(?:arn[*:]*|\*[*:]*|arn:[^:]+:[^:]+:[^:]*:[^:]*:\*|arn:[^:]+:[^:]+:[^:]*:[^:]+:[a-z-]+[/:]\*|arn:[^:]+:s3:::\*\/\*)$/;
const EVERY_ACTION = /^(?:\*|[a-z0-9-]+:\*)$/;
/** Patterns of actions that only read. What the last two services read are secrets. */
const READS =
  /^(?!secretsmanager:|ssm:)[a-z0-9-]+:(?:batchget|describe|get|head|list|lookup|query|scan|search|view)[a-z]*\*$/;

/**
 * Describes how a policy allows more than before with a wildcard or without a condition; empty if it does not. Order, spelling and the
 * division into statements are no difference. Without a policy before, only what no new policy should have is reported.
 */
export function widened(
  earlier: readonly Statement[] | undefined,
  later: readonly Statement[],
  kind: PolicyKind,
): string[] {
  const allowed = (earlier ?? []).filter(({ allows }) => allows);
  const found = new Set<string>();
  for (const statement of later.filter(({ allows }) => allows)) {
    for (const part of atoms(statement)) {
      if (allowed.some((each) => covers(each, part))) continue;
      const reason = earlier === undefined ? openAtOnce(part, kind) : opened(part, allowed, kind);
      if (reason !== undefined) found.add(reason);
    }
  }
  const denied = later.filter(({ allows }) => !allows);
  for (const statement of (earlier ?? []).filter(({ allows }) => !allows)) {
    const lost = atoms(statement).find((part) => !denied.some((each) => covers(each, part)));
    if (lost !== undefined) found.add(`no longer denies ${lost.action}`);
  }
  return [...found];
}

/** One action on one resource for one principal. */
interface Atom {
  readonly action: string;
  readonly resource: string;
  readonly principal: string;
  readonly statement: Statement;
}

/** More parts than these of one statement are judged as one: real policies have fewer. */
const MOST_ATOMS = 5000;

function atoms(statement: Statement): readonly Atom[] {
  const { actions, resources, principals } = statement;
  const [all, on, by] = [actions, resources, principals].map((list) => (list.length === 0 ? [""] : list)) as [
    readonly string[],
    readonly string[],
    readonly string[],
  ];
  if (all.length * on.length * by.length > MOST_ATOMS)
    return [{ action: "*", resource: "*", principal: by.includes("*") ? "*" : (by[0] ?? ""), statement }];
  return all.flatMap((action) =>
    on.flatMap((resource) => by.map((principal) => ({ action, resource, principal, statement }))),
  );
}

const matches = (pattern: string, text: string): boolean => matchesWildcards(pattern, text, { one: true });
const matchesAny = (patterns: readonly string[], text: string): boolean =>
  patterns.length === 0 ? text === "" : patterns.some((pattern) => matches(pattern, text));

function coversTarget({ actions, resources, principals, exceptions }: Statement, part: Atom): boolean {
  return (
    (exceptions === "" || exceptions === part.statement.exceptions) &&
    matchesAny(actions, part.action) &&
    matchesAny(resources, part.resource) &&
    matchesAny(principals, part.principal)
  );
}

function covers(statement: Statement, part: Atom): boolean {
  return (
    coversTarget(statement, part) && loosenedCondition(statement.conditions, part.statement.conditions) === undefined
  );
}

/** Returns a permission that no policy should grant, new or not. */
function openAtOnce({ action, principal, statement }: Atom, kind: PolicyKind): string | undefined {
  const { conditions, exceptions } = statement;
  if (principal === "*" && conditions.size === 0) return "allows everyone";
  if (kind !== "identity") return undefined;
  if (exceptions !== "") return `allows everything but ${exceptions}`;
  return EVERY_ACTION.test(action) ? `allows the actions ${action}` : undefined;
}

function opened(part: Atom, allowed: readonly Statement[], kind: PolicyKind): string | undefined {
  const { action, resource, principal, statement } = part;
  const sameTarget = allowed.find((each) => coversTarget(each, part));
  if (sameTarget !== undefined) {
    const condition = loosenedCondition(sameTarget.conditions, statement.conditions);
    return `loosens the condition ${condition} of ${action}`;
  }
  if (principal === "*") return "allows everyone";
  if (statement.exceptions !== "") return `allows everything but ${statement.exceptions}`;
  if (EVERY_ACTION.test(action)) return `allows the actions ${action}`;
  if (/[*?]/.test(action) && !READS.test(action)) return `allows the actions ${action}`;
  if (kind === "identity" && EVERY_RESOURCE.test(resource) && !LOOKS.test(action))
    return `allows ${action} on every resource${resource === "*" ? "" : ` (${resource})`}`;
  return stretched(part, allowed) ?? wholeAccount(part, allowed);
}

/** Returns the exact name that became a pattern, such as `role/a` that became `role/*`. */
function stretched({ action, principal, resource }: Atom, allowed: readonly Statement[]): string | undefined {
  const wider = (pattern: string, known: readonly string[]): string | undefined =>
    /[*?]/.test(pattern) ? known.find((each) => each !== pattern && matches(pattern, each)) : undefined;
  for (const { actions, principals, resources } of allowed) {
    const related = actions.some((each) => matches(each, action) || matches(action, each));
    if (!related) continue;
    const from = wider(action, actions) ?? wider(resource, resources) ?? wider(principal, principals);
    if (from !== undefined && !(LOOKS.test(action) && resource === "*"))
      return `widens ${from} to ${[action, resource, principal].find((each) => /[*?]/.test(each) && matches(each, from))}`;
  }
  return undefined;
}

/** Everyone of an account that had no access, if the account's own policies let them. */
function wholeAccount({ principal }: Atom, allowed: readonly Statement[]): string | undefined {
  const account = /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1];
  if (account === undefined) return undefined;
  const isKnown = allowed.some(({ principals }) => principals.some((each) => each.includes(`::${account}:`)));
  return isKnown ? undefined : `allows the whole account ${account}`;
}

import { isMap, type PlainMap } from "../../language/plain-map";
import { matchesWildcards } from "../../language/wildcard";
import { jsonOf } from "./values";

/** One permission: a principal may do an action on a resource. */
interface Grant {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The condition as text; empty if there is none. */
  readonly condition: string;
}

/** Permissions of a policy. */
interface Grants {
  readonly allowed: readonly Grant[];
  readonly denied: readonly Grant[];
  /** Statements with NotAction, NotResource or NotPrincipal, as text: what they cover cannot be listed. */
  readonly inverse: readonly string[];
}

/** What a change of permissions does. `changed`: whether it gives more cannot be told. */
export type Effect = "broadened" | "changed" | "narrowed";

export interface PermissionChange {
  readonly effect: Effect;
  readonly details: readonly string[];
}

const NOTHING: Grants = { allowed: [], denied: [], inverse: [] };

/**
 * Compares two policies as what they permit: statements may be merged, split or sorted without a difference.
 *
 * @returns undefined if both permit the same
 */
export function comparePolicies(before: unknown, after: unknown): PermissionChange | undefined {
  const [old, now] = [grantsOf(before), grantsOf(after)];
  if (old === undefined || now === undefined) return { effect: "changed", details: ["the policy cannot be read"] };
  const more = uncovered(now.allowed, old.allowed);
  const less = uncovered(old.allowed, now.allowed);
  const undenied = uncovered(old.denied, now.denied);
  const denied = uncovered(now.denied, old.denied);
  const inverse = now.inverse.filter((text) => !old.inverse.includes(text));
  const inverseGone = old.inverse.filter((text) => !now.inverse.includes(text));
  const details = [
    ...described(more, old.allowed, "allows"),
    ...described(undenied, [], "no longer denies"),
    ...described(less, [], "no longer allows"),
    ...described(denied, [], "denies"),
    ...inverse.map(() => "has a new statement with NotAction, NotResource or NotPrincipal"),
    ...inverseGone.map(() => "loses a statement with NotAction, NotResource or NotPrincipal"),
  ];
  if (details.length === 0) return undefined;
  if (more.length + undenied.length > 0) return { effect: "broadened", details };
  return { effect: inverse.length + inverseGone.length > 0 ? "changed" : "narrowed", details };
}

function grantsOf(policy: unknown): Grants | undefined {
  if (policy === undefined) return NOTHING;
  const document = typeof policy === "string" ? jsonOf(policy) : policy;
  if (!isMap(document)) return undefined;
  const statements = listOf(document["Statement"]).filter(isMap);
  const direct = statements.filter((each) => !isInverse(each));
  const of = (effect: string): Grant[] => direct.filter((each) => each["Effect"] === effect).flatMap(grantsIn);
  return {
    allowed: of("Allow"),
    denied: of("Deny"),
    inverse: statements.filter(isInverse).map((each) => JSON.stringify(each)),
  };
}

function isInverse(statement: PlainMap): boolean {
  return Object.keys(statement).some((key) => key.startsWith("Not"));
}

function grantsIn(statement: PlainMap): Grant[] {
  const condition = statement["Condition"] === undefined ? "" : JSON.stringify(statement["Condition"]);
  const resources = statement["Resource"] === undefined ? [""] : listOf(statement["Resource"]).map(String);
  return principalsOf(statement["Principal"]).flatMap((principal) =>
    listOf(statement["Action"]).flatMap((action) =>
      resources.map((resource) => ({ principal, action: String(action), resource, condition })),
    ),
  );
}

function principalsOf(principal: unknown): string[] {
  if (principal === undefined) return [""];
  if (!isMap(principal)) return [String(principal)];
  return Object.values(principal).flatMap((value) => listOf(value).map(String));
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** Returns the grants that none of the others covers. */
function uncovered(grants: readonly Grant[], others: readonly Grant[]): Grant[] {
  return grants.filter((grant) => !others.some((other) => covers(other, grant)));
}

/** `*` covers everything, and no condition covers every condition. */
function covers(wide: Grant, narrow: Grant): boolean {
  return (
    (wide.condition === "" || wide.condition === narrow.condition) &&
    (wide.principal === narrow.principal || wide.principal === "*") &&
    matches(wide.action.toLowerCase(), narrow.action.toLowerCase()) &&
    matches(wide.resource, narrow.resource)
  );
}

function matches(pattern: string, text: string): boolean {
  return pattern === text || matchesWildcards(pattern, text, { one: true });
}

/** Says what is granted, by resource and principal; actions that were granted before on other resources are the same words. */
function described(grants: readonly Grant[], before: readonly Grant[], verb: string): string[] {
  const groups = new Map<string, { readonly grant: Grant; readonly actions: Set<string> }>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.principal, grant.resource, grant.condition]);
    const group = groups.get(key) ?? { grant, actions: new Set() };
    group.actions.add(grant.action);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ actions, grant: { condition, principal, resource } }) => {
    const who = principal === "" ? "" : ` to ${principal}`;
    const where = resource === "" ? "" : ` on ${resource}`;
    const unconditional = condition === "" && before.some((each) => each.condition !== "" && actions.has(each.action));
    const how = condition !== "" ? " under a condition" : unconditional ? " without a condition" : "";
    return `${verb} ${[...actions].sort().join(", ")}${where}${who}${how}`;
  });
}

import { isMap, type PlainMap } from "../../language/plain-map";
import { matchesWildcards } from "../../language/wildcard";
import { jsonOf } from "./values";

/** One permission: a principal may do an action on a resource. */
interface Grant {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** `operator key` -> values; empty if there is no condition. */
  readonly condition: ReadonlyMap<string, readonly string[]>;
}

/** Permissions of a policy. */
interface Grants {
  readonly allowed: readonly Grant[];
  readonly denied: readonly Grant[];
  /** Statements with NotAction, NotResource or NotPrincipal, as text: what they cover cannot be listed. */
  readonly inverse: Readonly<Record<"Allow" | "Deny", readonly string[]>>;
}

/** Effect of a change of permissions. `changed`: the new permissions may be broader or not. */
export type Effect = "broadened" | "changed" | "narrowed";

export interface PermissionChange {
  readonly effect: Effect;
  readonly details: readonly string[];
}

const NOTHING: Grants = { allowed: [], denied: [], inverse: { Allow: [], Deny: [] } };

/**
 * Compares two policies as what they permit: statements may be merged, split or sorted without a difference. A reviewer must see every
 * permission that is new or gone, with its values. The guard compares otherwise (`operations/guard/facts/policy-document.ts`): it stops
 * wildcards and lost conditions, accepts any other exact name, and also judges a policy without an earlier one.
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
  const missing = (texts: readonly string[], others: readonly string[]) =>
    texts.filter((text) => !others.includes(text));
  const [newAllow, newDeny] = [
    missing(now.inverse.Allow, old.inverse.Allow),
    missing(now.inverse.Deny, old.inverse.Deny),
  ];
  const [goneAllow, goneDeny] = [
    missing(old.inverse.Allow, now.inverse.Allow),
    missing(old.inverse.Deny, now.inverse.Deny),
  ];
  const [inverse, inverseGone] = [
    [...newAllow, ...newDeny],
    [...goneAllow, ...goneDeny],
  ];
  const details = [
    ...described(more, old.allowed, "allows"),
    ...described(undenied, [], "no longer denies"),
    ...described(less, [], "no longer allows"),
    ...described(denied, [], "denies"),
    ...inverse.map(() => "has a new statement with NotAction, NotResource or NotPrincipal"),
    ...inverseGone.map(() => "loses a statement with NotAction, NotResource or NotPrincipal"),
  ];
  if (details.length === 0) return undefined;
  // A statement that replaces another one may be wider or narrower.
  const widens = (gained: readonly string[], lost: readonly string[]) => gained.length > 0 && lost.length === 0;
  if (more.length + undenied.length > 0 || widens(newAllow, goneAllow) || widens(goneDeny, newDeny))
    return { effect: "broadened", details };
  const isUnclear = [newAllow, goneDeny].some((texts) => texts.length > 0);
  return { effect: isUnclear ? "changed" : "narrowed", details };
}

function grantsOf(policy: unknown): Grants | undefined {
  if (policy === undefined) return NOTHING;
  const document = typeof policy === "string" ? jsonOf(policy) : policy;
  if (!isMap(document)) return undefined;
  const statements = listOf(document["Statement"]).filter(isMap);
  const direct = statements.filter((each) => !isInverse(each));
  const of = (effect: string): Grant[] => direct.filter((each) => each["Effect"] === effect).flatMap(grantsIn);
  const inverse = (effect: string): string[] =>
    statements.filter((each) => isInverse(each) && each["Effect"] === effect).map((each) => JSON.stringify(each));
  return {
    allowed: of("Allow"),
    denied: of("Deny"),
    inverse: { Allow: inverse("Allow"), Deny: inverse("Deny") },
  };
}

function isInverse(statement: PlainMap): boolean {
  return Object.keys(statement).some((key) => key.startsWith("Not"));
}

function grantsIn(statement: PlainMap): Grant[] {
  const condition = conditionOf(statement["Condition"]);
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
  return Object.entries(principal).flatMap(([kind, value]) =>
    listOf(value).map((name) => (kind === "AWS" ? String(name) : `${kind} ${String(name)}`)),
  );
}

function conditionOf(condition: unknown): Grant["condition"] {
  const operators = isMap(condition) ? Object.entries(condition) : [];
  return new Map(
    operators.flatMap(([operator, keys]) =>
      Object.entries(isMap(keys) ? keys : {}).map(
        ([key, values]) => [`${operator} ${key}`, listOf(values).map(String).sort()] as const,
      ),
    ),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** Returns the grants that none of the others covers. */
function uncovered(grants: readonly Grant[], others: readonly Grant[]): Grant[] {
  return grants.filter((grant) => !others.some((other) => covers(other, grant)));
}

/** `*` covers everything, and fewer conditions cover more of them. */
function covers(wide: Grant, narrow: Grant): boolean {
  return (
    conditionCovers(wide.condition, narrow.condition) &&
    (wide.principal === narrow.principal || wide.principal === "*") &&
    matches(wide.action.toLowerCase(), narrow.action.toLowerCase()) &&
    matches(wide.resource, narrow.resource)
  );
}

/** Each of the conditions must be in the narrower ones too, with no other value; of a `Not` operator, with no value less. */
function conditionCovers(wide: Grant["condition"], narrow: Grant["condition"]): boolean {
  return [...wide].every(([key, values]) => {
    const others = narrow.get(key);
    if (others === undefined) return false;
    const [some, all] = /Not/.test(key.split(" ", 1)[0] ?? "") ? [values, others] : [others, values];
    return some.every((value) => all.includes(value));
  });
}

function matches(pattern: string, text: string): boolean {
  return pattern === text || matchesWildcards(pattern, text, { one: true });
}

/** Describes grants, grouped by resource, principal and condition. */
function described(grants: readonly Grant[], before: readonly Grant[], verb: string): string[] {
  const groups = new Map<string, { readonly grant: Grant; readonly actions: Set<string> }>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.principal, grant.resource, conditionText(grant.condition)]);
    const group = groups.get(key) ?? { grant, actions: new Set() };
    group.actions.add(grant.action);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ actions, grant: { condition, principal, resource } }) => {
    const who = principal === "" ? "" : ` to ${principal}`;
    const where = resource === "" ? "" : ` on ${resource}`;
    const unconditional =
      condition.size === 0 && before.some((each) => each.condition.size > 0 && actions.has(each.action));
    const how = condition.size > 0 ? ` if ${conditionText(condition)}` : unconditional ? " without a condition" : "";
    return `${verb} ${[...actions].sort().join(", ")}${where}${who}${how}`;
  });
}

function conditionText(condition: Grant["condition"]): string {
  return [...condition]
    .map(([key, values]) => `${key} is ${values.join(" or ")}`)
    .sort()
    .join(" and ");
}

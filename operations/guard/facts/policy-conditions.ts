import { matchesWildcards } from "../../../language/wildcard";
import { includes, isInternet } from "./ranges";

/** `operator key` -> values, in lower case but for the values. */
export type Conditions = ReadonlyMap<string, readonly string[]>;

interface Condition {
  readonly operator: string;
  readonly values: readonly string[];
}

/**
 * Returns the key whose condition is gone or wider; undefined if none is. Another exact value is another condition, but no wider one.
 * Of several conditions about a key, all count.
 */
export function loosenedCondition(earlier: Conditions, later: Conditions): string | undefined {
  for (const [text, values] of earlier) {
    const [operator, key] = partsOf(text);
    const now = [...later].filter(([other]) => partsOf(other)[1] === key);
    const isStrict = now.some(
      ([other, each]) => !isLooser({ operator, values }, { operator: partsOf(other)[0], values: each }),
    );
    if (!isStrict) return key;
  }
  return undefined;
}

function partsOf(text: string): readonly [operator: string, key: string] {
  const blank = text.indexOf(" ");
  return [text.slice(0, blank), text.slice(blank + 1)];
}

/** An operator without what decides about a missing key, and about several values. */
const baseOf = (operator: string): string => operator.replace(/^for(?:all|any)values?:/, "").replace(/ifexists$/, "");
const isNegated = (operator: string): boolean => baseOf(operator).includes("not");
/** True if a request without the key fulfils the condition. */
const allowsMissing = (operator: string): boolean => /^forallvalues:|ifexists$/.test(operator);

function isLooser(before: Condition, after: Condition): boolean {
  const { operator, values } = after;
  if (isNegated(operator) && !isNegated(before.operator)) return true;
  if (allowsMissing(operator) && !allowsMissing(before.operator)) return true;
  const base = baseOf(operator);
  if (base === baseOf(before.operator)) {
    if (base === "bool" || base === "null") return values.join() !== before.values.join();
    if (base === "ipaddress") return values.some((range) => isWiderRange(range, before.values));
    if (isNegated(operator)) return before.values.some((value) => !values.some((pattern) => matches(pattern, value)));
    if (/^numeric(?:less|greater)/.test(base)) return isBeyond(base, before.values, values);
  }
  return values.some((value) => /[*?]/.test(value) && !before.values.some((pattern) => matches(pattern, value)));
}

function isWiderRange(range: string, before: readonly string[]): boolean {
  if (before.some((each) => includes(each, range))) return false;
  return isInternet(range) || before.some((each) => includes(range, each));
}

function isBeyond(operator: string, before: readonly string[], after: readonly string[]): boolean {
  const [from, to] = [before, after].map((values) => values.map(Number));
  if (from === undefined || to === undefined) return true;
  return operator.includes("less") ? Math.max(...to) > Math.max(...from) : Math.min(...to) < Math.min(...from);
}

const matches = (pattern: string, text: string): boolean => matchesWildcards(pattern, text, { one: true });

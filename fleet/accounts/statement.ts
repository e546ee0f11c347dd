/** A statement of a role's policy, in the spelling of IAM. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Characters that IAM accepts in a managed policy, without white space ("IAM and AWS STS quotas" of the IAM user guide). */
export const POLICY_LIMIT = 6144;

/**
 * Characters that IAM accepts in a role's trust policy without a higher quota, and with the highest that AWS approves ("IAM and AWS STS
 * quotas" of the IAM user guide). The quota is "Role trust policy length", in us-east-1.
 */
export const TRUST_LIMIT = 2048;
export const MOST_TRUST = 8192;
export const TRUST_QUOTA = "L-C07B4B0D";

/** Managed policies that IAM attaches to a role without a higher quota. */
export const POLICIES_OF_A_ROLE = 10;
export const POLICIES_QUOTA = "L-0DA4ABF3";

/** Returns a policy as IAM receives it. */
export const documentOf = (statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Returns policy documents that hold the statements in their order, each as large as IAM accepts. A long list of actions is shared. */
export function packed(statements: readonly Statement[], limit = POLICY_LIMIT): readonly string[] {
  const documents: Statement[][] = [[]];
  const waiting = [...statements];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const current = documents.at(-1) ?? [];
    const room = fitting(current, next, limit);
    if (room > 0) current.push({ ...next, Action: next.Action.slice(0, room) });
    else if (current.length === 0)
      throw new RangeError(`statement ${next.Sid} does not fit into a policy of ${limit} characters`);
    if (room < next.Action.length) {
      documents.push([]);
      waiting.unshift({ ...next, Action: next.Action.slice(room) });
    }
  }
  return documents.filter((each) => each.length > 0).map(documentOf);
}

/** Returns how many actions of a statement still fit. */
function fitting(current: readonly Statement[], next: Statement, limit: number): number {
  const fits = (count: number): boolean =>
    documentOf([...current, { ...next, Action: next.Action.slice(0, count) }]).length <= limit;
  let count = 0;
  for (let most = next.Action.length; count < most; ) {
    const middle = Math.ceil((count + most) / 2);
    if (fits(middle)) count = middle;
    else most = middle - 1;
  }
  return count;
}

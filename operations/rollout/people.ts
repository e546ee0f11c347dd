import { mayHoldSecret } from "../../fleet/secrets/search";
import { ExpectedError } from "../../language/expected-error";
import { visible } from "../../language/problem";

/** The person who made a decision, and the reason. */
export interface Person {
  readonly who: string;
  readonly reason: string;
}

const LONGEST = 500;

/**
 * Returns the person who made a decision, from the flags of the command line.
 *
 * @throws ExpectedError with a line for each of the two that is missing, is too short to mean anything, or contains a secret
 */
export function personOf({
  reason,
  who,
}: {
  readonly reason: string | undefined;
  readonly who: string | undefined;
}): Person {
  const problems = [problemOf("--who", who, 2), problemOf("--reason", reason, 10)].filter((each) => each !== undefined);
  if (problems.length > 0) throw new ExpectedError(problems.join("\n"));
  return { who: recorded(who), reason: recorded(reason) };
}

/** Returns text of the command line for a record, which everybody with access to the store can read. */
export function checkedText(flag: string, text: string | undefined): string {
  const problem = problemOf(flag, text, 1);
  if (problem !== undefined) throw new ExpectedError(problem);
  return recorded(text);
}

function problemOf(flag: string, text: string | undefined, least: number): string | undefined {
  const value = recorded(text);
  if (text === undefined) return `${flag} is required, because records contain who decided, and why`;
  if (value.length < least)
    return `${flag} must have at least ${least} ${least === 1 ? "character" : "characters"}, but is ${JSON.stringify(value)}`;
  if (value.length > LONGEST) return `${flag} must have at most ${LONGEST} characters, but has ${value.length}`;
  return mayHoldSecret(value)
    ? `${flag} looks like it contains a secret, and records are never deleted. Leave the secret out`
    : undefined;
}

function recorded(text = ""): string {
  return visible(text.trim());
}

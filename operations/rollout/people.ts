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
 * @throws ExpectedError if a name or a reason is missing, is too short to mean anything, or contains a secret
 */
export function personOf({
  reason,
  who,
}: {
  readonly reason: string | undefined;
  readonly who: string | undefined;
}): Person {
  return { who: checkedText("--who", who, 2), reason: checkedText("--reason", reason, 10) };
}

/** Returns text of the command line for a record, which everybody with access to the store can read. */
export function checkedText(flag: string, text: string | undefined, least = 1): string {
  const value = visible(text?.trim() ?? "");
  if (text === undefined) throw new ExpectedError(`${flag} is required: records say who decided, and why`);
  if (value.length < least)
    throw new ExpectedError(`${flag} must have at least ${least} characters, but is ${JSON.stringify(value)}`);
  if (value.length > LONGEST)
    throw new ExpectedError(`${flag} must have at most ${LONGEST} characters, but has ${value.length}`);
  if (mayHoldSecret(value))
    throw new ExpectedError(
      `${flag} looks like it contains a secret, and records are never deleted. Leave the secret out`,
    );
  return value;
}

import { z } from "zod";
import { ExpectedError } from "../../language/expected-error";

const form = z.iso.datetime({ offset: true });

/** Returns the milliseconds of a time on the command line; undefined if the flag is not there. */
export function momentOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const moment = form.safeParse(text).success ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment))
    throw new ExpectedError(
      `${flag} must be a time as in RFC 3339, such as 2026-11-30T22:00:00Z, but is ${JSON.stringify(text)}`,
    );
  return moment;
}

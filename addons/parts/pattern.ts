/** Syntax of Go's regular expressions (RE2) that differs in JavaScript: flags, named groups, POSIX classes. */
const ONLY_RE2 = /\(\?[imsU-]+[:)]|\(\?P<|\[\[:|\\[AzQECpP]/;

/** Returns the mistake in a regular expression that a program in Go compiles; undefined if none is found. */
export function patternMistake(text: string): string | undefined {
  if (/\(\?<?[=!]/.test(text)) return "uses a lookaround, which RE2 does not support";
  if (ONLY_RE2.test(text)) return undefined;
  try {
    new RegExp(text);
    return undefined;
  } catch {
    return "is not a regular expression";
  }
}

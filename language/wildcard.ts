/**
 * True if a text matches a pattern in which `*` is any text and, with `one`, `?` is one character. A regular expression with many
 * `.*` would take exponentially long for some names.
 */
export function matchesWildcards(pattern: string, text: string, { one = false } = {}): boolean {
  let star = -1; // the last * in the pattern, and where in the text what it stands for ends
  let end = 0;
  let at = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[at] === "*") {
      star = at;
      end = index;
      at += 1;
    } else if (pattern[at] === text[index] || (one && pattern[at] === "?")) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      end += 1;
      index = end;
      at = star + 1;
    } else return false;
  }
  return [...pattern.slice(at)].every((character) => character === "*");
}

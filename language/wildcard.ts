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

/** True if some text matches both patterns, in which `*` is any text. */
export function patternsMeet(one: string, other: string): boolean {
  let reached = new Array<boolean>(other.length + 1).fill(false);
  for (let at = 0; at <= one.length; at += 1) {
    const next = new Array<boolean>(other.length + 1).fill(false);
    for (let place = 0; place <= other.length; place += 1) {
      const [left, right] = [one[at - 1], other[place - 1]];
      next[place] =
        (at === 0 && place === 0) ||
        (left === "*" && (reached[place] || (place > 0 && next[place - 1] === true))) ||
        (right === "*" && ((place > 0 && next[place - 1] === true) || (at > 0 && reached[place] === true))) ||
        (at > 0 && place > 0 && left === right && reached[place - 1] === true);
    }
    reached = next;
  }
  return reached[other.length] === true;
}

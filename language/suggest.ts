import { distance } from "fastest-levenshtein";

/** Returns `. Did you mean "x"?` for the likeliest of the known words, or nothing if none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = likeliest(word, known);
  return meant === undefined ? "" : `. Did you mean ${JSON.stringify(meant)}?`;
}

/**
 * Returns `. Did you mean "x"?` for the likeliest of the known words, or else `. Known: a, b` with all of them, in alphabetical order.
 *
 * @param most words that are listed
 */
export function meantOrKnown(word: string, known: readonly string[], most?: number): string {
  return didYouMean(word, known) || `. Known: ${listedInOrder(known, most)}`;
}

/** The ending of all switches of addons: it does not help to find the switch that was meant. */
const SWITCH = "_enabled";

/**
 * Returns the word that was meant.
 *
 * @param most letters that may be wrong; by default a third of each of its parts, of a short part one
 */
export function likeliest(word: string, known: readonly string[], most?: number): string | undefined {
  if (!word.endsWith(SWITCH)) return nearest(word, known, most);
  const stem = (text: string) => text.slice(0, -SWITCH.length);
  const stems = known.filter((each) => each.endsWith(SWITCH)).map(stem);
  const meant = nearest(stem(word), stems, most) ?? stems.find((each) => isShortFor(stem(word), each));
  return meant === undefined ? undefined : `${meant}${SWITCH}`;
}

/** `vpa` is short for `vertical_pod_autoscaler`, `load_balancer_controller` for `aws_load_balancer_controller`. */
function isShortFor(word: string, name: string): boolean {
  const parts = name.split("_");
  return word === parts.map((part) => part[0]).join("") || `_${name}_`.includes(`_${word}_`);
}

function nearest(word: string, known: readonly string[], most = Number.POSITIVE_INFINITY): string | undefined {
  const lower = word.toLowerCase();
  const ranked = byDistance(lower, known);
  const near = ranked.find(
    (each) => each.distance <= most && each.distance < word.length && isTypoOf(lower, each.candidate.toLowerCase()),
  );
  if (near !== undefined || most < Number.POSITIVE_INFINITY) return near?.candidate;
  // `network` is further from `networking` than a typo, and means it all the same; `spot` does not mean `spot_price`.
  return lower.length < 4
    ? undefined
    : ranked.find(({ candidate }) => isBeginningOf(lower, candidate.toLowerCase()))?.candidate;
}

function byDistance(lower: string, known: readonly string[]) {
  return known
    .map((candidate) => ({ candidate, distance: mistakes(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
}

/** Returns the known words, the likest first. */
export function nearestFirst(word: string, known: readonly string[]): string[] {
  return byDistance(word.toLowerCase(), known).map(({ candidate }) => candidate);
}

const PART = /[-_. ]/;

/**
 * True if each part of a name is nearly the same as the other's: `min_size` has as few different letters from `disk_size` as a
 * typo would, but they are all in one part.
 */
function isTypoOf(word: string, candidate: string): boolean {
  const [parts, others] = [word.split(PART), candidate.split(PART)];
  if (parts.length === others.length)
    return parts.every((part, index) => mistakes(part, others[index] ?? "") <= mostMistakes(part));
  const joined = parts.join("");
  return mistakes(joined, others.join("")) <= Math.min(2, mostMistakes(joined));
}

/** A third of a word may be wrong. */
function mostMistakes(part: string): number {
  return Math.max(1, Math.floor(part.length / 3));
}

/** Returns the number of letters that differ; 2 letters in the wrong order are one mistake. */
function mistakes(a: string, b: string): number {
  const letters = distance(a, b);
  const isSwapped = letters === 2 && a.length === b.length && [...a].sort().join("") === [...b].sort().join("");
  return isSwapped ? 1 : letters;
}

/** True if a word is the beginning of another: within its last part, or of several whole parts. */
function isBeginningOf(word: string, candidate: string): boolean {
  if (!candidate.startsWith(word)) return false;
  return PART.test(word) || !/[-_ ]/.test(candidate.charAt(word.length));
}

/** A list for a sentence; of a long one only its beginning. */
export function listed(words: readonly string[], most = 12): string {
  if (words.length === 0) return "none";
  const shown = words.slice(0, most).join(", ");
  return words.length > most ? `${shown} and ${words.length - most} more` : shown;
}

/** A list for a sentence, in alphabetical order; numbers in words count, so that 2026.9 is before 2026.10. */
export function listedInOrder(words: readonly string[], most?: number): string {
  const order = new Intl.Collator("en", { numeric: true });
  return listed([...words].sort(order.compare), most);
}

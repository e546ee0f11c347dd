import { distance } from "fastest-levenshtein";

/** Returns `. Did you mean "x"?` for the likeliest of the known words, or nothing if none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = likeliest(word, known);
  return meant === undefined ? "" : `. Did you mean ${JSON.stringify(meant)}?`;
}

/** The ending of all switches of addons: it does not help to find the switch that was meant. */
const SWITCH = "_enabled";

/** The word that was meant: a third of it may be wrong, two letters of a short one. */
export function likeliest(word: string, known: readonly string[]): string | undefined {
  if (!word.endsWith(SWITCH)) return nearest(word, known);
  const stem = (text: string) => text.slice(0, -SWITCH.length);
  const stems = known.filter((each) => each.endsWith(SWITCH)).map(stem);
  const meant = nearest(stem(word), stems) ?? stems.find((each) => isShortFor(stem(word), each));
  return meant === undefined ? undefined : `${meant}${SWITCH}`;
}

/** `vpa` is short for `vertical_pod_autoscaler`, `load_balancer_controller` for `aws_load_balancer_controller`. */
function isShortFor(word: string, name: string): boolean {
  const parts = name.split("_");
  return word === parts.map((part) => part[0]).join("") || `_${name}_`.includes(`_${word}_`);
}

function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(lower, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best === undefined) return undefined;
  const near = best.distance <= Math.max(2, Math.floor(word.length / 3)) && best.distance < word.length;
  // `network` is further from `networking` than a typo, and means it all the same.
  const begun =
    lower.length >= 4 ? ranked.find(({ candidate }) => candidate.toLowerCase().startsWith(lower)) : undefined;
  return (near ? best : begun)?.candidate;
}

/** A list for a sentence; of a long one only its beginning. */
export function listed(words: readonly string[], most = 12): string {
  if (words.length === 0) return "none";
  const shown = words.slice(0, most).join(", ");
  return words.length > most ? `${shown} and ${words.length - most} more` : shown;
}
